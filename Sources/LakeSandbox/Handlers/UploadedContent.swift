import LakeAPI

/// Content of an upload: the raw body, or the file `content` of a form.
struct UploadedContent: Sendable {
    let bytes: [UInt8]
    let type: String

    /// Reads the body of an upload.
    ///
    /// - Throws: a fault if the form has no such file, or if the body is not a form and the server accepts only forms.
    init(_ request: HTTPRequest, takesRawBodies: Bool) throws(Fault) {
        let header = request.header("Content-Type") ?? ""
        guard header.lowercased().hasPrefix("multipart/form-data") else {
            guard takesRawBodies else {
                throw Fault(.untranslated, "request Content-Type isn't multipart/form-data")
            }
            bytes = request.body
            type = header.isEmpty ? ObjectAnswer.anyType : header
            return
        }
        guard let boundary = UploadedContent.attribute("boundary", of: header) else {
            throw Fault(.untranslated, "no multipart boundary param in Content-Type")
        }
        for part in UploadedContent.parts(of: request.body, boundary) {
            let disposition = part.headers.first { $0.name == "content-disposition" }?.value ?? ""
            guard UploadedContent.attribute("name", of: disposition) == "content" else { continue }
            bytes = part.body
            type = part.headers.first { $0.name == "content-type" }?.value ?? ObjectAnswer.anyType
            return
        }
        throw Fault(.untranslated, "multipart upload missing key 'content': http: no such file")
    }

    private struct Part {
        var headers: [(name: String, value: String)]
        var body: [UInt8]
    }

    private static func parts(of body: [UInt8], _ boundary: String) -> [Part] {
        let mark = Array("--\(boundary)".utf8)
        let places = occurrences(of: mark, in: body[...])
        return zip(places, places.dropFirst()).compactMap { start, end in
            // The content starts after the line of this boundary and ends before the line break of the next one.
            let inside = body[(start + mark.count)..<max(start + mark.count, end - 2)]
            guard inside.starts(with: [0x0D, 0x0A]) else { return nil }
            let content = inside.dropFirst(2)
            guard let gap = occurrences(of: [0x0D, 0x0A, 0x0D, 0x0A], in: content, atMost: 1).first else { return nil }
            let head = String(decoding: body[content.startIndex..<gap], as: UTF8.self)
            return Part(headers: headers(head), body: Array(body[(gap + 4)..<content.endIndex]))
        }
    }

    private static func headers(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "\r\n").compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
    }

    /// Returns the indices at which a sequence of bytes occurs.
    private static func occurrences(
        of wanted: [UInt8], in bytes: ArraySlice<UInt8>, atMost limit: Int = .max
    ) -> [Int] {
        var places: [Int] = []
        // Uploads are large: search without copying.
        bytes.withUnsafeBufferPointer { buffer in
            var place = 0
            while place + wanted.count <= buffer.count, places.count < limit {
                let isHere = buffer[place] == wanted[0] && buffer[place...].starts(with: wanted)
                if isHere { places.append(bytes.startIndex + place) }
                place += isHere ? wanted.count : 1
            }
        }
        return places
    }

    /// Returns the value of `name="value"` or `name=value` in a header.
    private static func attribute(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let sides = piece.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].lowercased() == name else { continue }
            return sides[1].filter { $0 != "\"" }
        }
        return nil
    }
}
