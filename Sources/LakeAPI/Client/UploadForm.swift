import LakeScript

/// The form that an upload goes as: `multipart/form-data` with one file, `content`.
///
/// Every release takes it, raw bodies only those since 0.110 do: so nothing has to be known of the server before an
/// upload. The file goes out between the form's head and its tail, a piece at a time; its size is theirs and the file's.
package struct UploadForm: Sendable {
    /// What stands before the content, and after it.
    package let head: [UInt8]
    package let tail: [UInt8]
    package let contentType: String

    /// A form whose boundary stands in no content: some 128 bits by chance.
    init() {
        let chance = (0..<2).map { _ in String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16) }
        let boundary = "lakesh-" + chance.joined()
        contentType = "multipart/form-data; boundary=" + boundary
        head = Array(
            """
            --\(boundary)\r
            Content-Disposition: form-data; name="content"; filename="content"\r
            Content-Type: application/octet-stream\r
            \r

            """.utf8)
        tail = Array("\r\n--\(boundary)--\r\n".utf8)
    }

    /// The whole body.
    func body(_ content: [UInt8]) -> [UInt8] { head + content + tail }
}
