internal import LakeScript

/// The built-ins `read_file read_lines read_json read_csv read_yaml`: a file's contents as values. A mistake in a file
/// names its line.
struct FileReading {
    /// The value of a file's bytes as read by the built-in of that name.
    func perform(_ call: BuiltinCall, _ bytes: [UInt8]) throws(Failure) -> Value {
        let path = call.text("path")
        switch call.name {
        case "read_json":
            let text = Array(try text(bytes, path).utf8)
            do throws(JSON.Failure) { return try JSON.read(text) } catch {
                throw .noJSON(path, error.place(in: text), error.message)
            }
        case "read_yaml":
            let text = Array(try text(bytes, path).utf8)
            do throws(Failure) { return try YAML.read(text, isList: call.flag("all_documents")) } catch {
                throw error.naming("`\(path)`")
            }
        case "read_csv":
            try Value.require(items: bytes.count { $0 == UInt8(ascii: "\n") })
            let (text, options) = (try text(bytes, path), try CSVText.Options(call, file: path))
            do throws(CSVText.Mistake) {
                return .list(try CSVText.read(text, options))
            } catch {
                throw .csv(path, error.message, notes: error.notes)
            }
        case "read_lines":
            try Value.require(items: bytes.count { $0 == UInt8(ascii: "\n") })
            return .list(try text(bytes, path).lines.map { .string($0) })
        default:
            if call.flag("secret") { return .secret(try text(bytes, path)) }
            guard let text = String(validating: bytes, as: UTF8.self) else { return .bytes(bytes) }
            return .string(text)
        }
    }

    private func text(_ bytes: [UInt8], _ path: String) throws(Failure) -> String {
        guard bytes.textProblem == nil, let text = String(validating: bytes.dropByteOrderMark, as: UTF8.self) else {
            throw .noText(path, bytes.textProblem ?? "")
        }
        return text
    }
}

extension CSVText.Options {
    /// The options of `read_csv`.
    fileprivate init(_ call: BuiltinCall, file: String) throws(Failure) {
        self.init(file: file)
        required = call["require"].items?.compactMap(\.text) ?? call["require"].text.map { [$0] } ?? []
        unique = call["unique"].text
        separator = try CSVText.Options.separator(call["separator"])
    }
}
