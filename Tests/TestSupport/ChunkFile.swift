import Glibc

/// A file of small test cases: input, a line `>>>`, expected output, separated by `---`.
///
/// With LAKESH_UPDATE_GOLDEN=1 in the environment, the actual output replaces the expected one.
package struct ChunkFile: Sendable {
    package let path: String
    package let chunks: [Chunk]

    /// A test case.
    package struct Chunk: Sendable {
        package let input: String
        package let expected: String

    }

    /// Reads `Tests/Fixtures/NAME`.
    package init(_ name: String, from file: String = #filePath) {
        let tests = file.split(separator: "/").prefix { $0 != "Tests" }.joined(separator: "/")
        path = "/\(tests)/Tests/Fixtures/\(name)"
        let text = ChunkFile.read(path)
        chunks =
            text.isEmpty
            ? []
            : ChunkFile.split(text, at: "---").map { piece in
                let parts = ChunkFile.split(piece, at: ">>>")
                return Chunk(input: parts[0], expected: parts.count > 1 ? parts[1] : "")
            }
    }

    /// Returns the cases with unexpected output, and that output; rewrites the file in update mode.
    package func mismatches(_ output: (String) -> String) -> [(chunk: Chunk, actual: String)] {
        let outputs = chunks.map { output($0.input) }
        if getenv("LAKESH_UPDATE_GOLDEN") != nil {
            ChunkFile.write(zip(chunks, outputs).map { $0.input + ">>>\n" + $1 }.joined(separator: "---\n"), to: path)
            return []
        }
        return zip(chunks, outputs).filter { $0.expected != $1 }.map { ($0, $1) }
    }

    private static func split(_ text: String, at mark: String) -> [String] {
        var pieces = [""]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
        {
            if line == mark { pieces.append("") } else { pieces[pieces.count - 1] += line + "\n" }
        }
        return pieces
    }

    /// Returns the text of a file; empty if there is none.
    package static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        fwrite(bytes, 1, bytes.count, file)
    }
}
