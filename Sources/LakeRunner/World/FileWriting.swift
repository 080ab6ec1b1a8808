internal import LakeScript

/// The built-ins `write_file write_json write_csv`: values as a file's contents.
struct FileWriting {
    private let files: FileStore

    init(_ files: FileStore) {
        self.files = files
    }

    /// Writes into the reserved file, or into a new one. Returns true if the content has a secret.
    func perform(_ call: BuiltinCall, into reserved: ReservedFile?) throws(Failure) -> Bool {
        let value = call["value"]
        let isSecret = value.containsSecret
        let bytes = try contents(call.name, value)
        if let reserved {
            try reserved.fill(bytes, in: files)
        } else {
            try files.write(bytes, to: call.text("path"), isSecret: isSecret, mayOverwrite: call.flag("overwrite"))
        }
        return isSecret
    }

    /// The bytes for standard output.
    ///
    /// - Throws: a mistake if they have a secret.
    func visibleBytes(_ call: BuiltinCall) throws(Failure) -> [UInt8] {
        guard !call["value"].containsSecret else { throw .secretOnOutput(call.name) }
        return try contents(call.name, call["value"])
    }

    private func contents(_ name: String, _ value: Value) throws(Failure) -> [UInt8] {
        switch (name, value) {
        case ("write_json", _): JSON.write(value, layout: .indented, revealing: true) + [UInt8(ascii: "\n")]
        case ("write_csv", .list(let rows)): Array(try CSVText.write(rows, for: "write_csv").utf8)
        case (_, .bytes(let bytes)): bytes
        case (_, .string(let text)), (_, .secret(let text)): Array(text.utf8)
        default: throw .cannotWrite(name, value)
        }
    }
}
