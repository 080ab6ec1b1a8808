import Glibc
import LakeScript

/// Files as bodies and answers, for a transport that does not stream them.
enum LocalFile {
    /// The bytes of a file, or of a part of it; `-` is standard input.
    ///
    /// - Throws: a mistake where it cannot be read.
    static func read(_ path: String, _ range: Range<Int>?) throws(Failure) -> [UInt8] {
        guard let file = path == "-" ? stdin(for: "r") : fopen(path, "rb") else {
            throw Failure(.mistake, "`\(path)` cannot be read: \(CurlTransfer.errorWords)")
        }
        defer { fclose(file) }
        if let range { fseek(file, range.lowerBound, SEEK_SET) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while range.map({ bytes.count < $0.count }) ?? true {
            let wanted = min(buffer.count, (range?.count ?? .max) - bytes.count)
            let count = fread(&buffer, 1, wanted, file)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// Writes a file anew; `-` is standard output.
    ///
    /// - Throws: a mistake where it cannot be written.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        guard let file = path == "-" ? fdopen(dup(1), "w") : fopen(path, "wb") else {
            throw Failure(.mistake, "`\(path)` cannot be written: \(CurlTransfer.errorWords)")
        }
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count else {
            throw Failure(.mistake, "`\(path)` cannot be written: \(CurlTransfer.errorWords)")
        }
    }

    private static func stdin(for mode: String) -> UnsafeMutablePointer<FILE>? { fdopen(dup(0), mode) }
}
