import LakeScript

/// The form in which an upload is sent: `multipart/form-data` with one file, `content`.
///
/// Every release accepts it; raw bodies need 0.110 or later. So nothing must be known about the server before an
/// upload. The file is sent between the form's head and tail, piece by piece.
package struct UploadForm: Sendable {
    /// The bytes before the content, and after it.
    package let head: [UInt8]
    package let tail: [UInt8]
    package let contentType: String

    /// Makes a form with a random boundary of some 128 bits, which no content holds.
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
