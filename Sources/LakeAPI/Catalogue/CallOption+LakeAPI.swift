package import LakeScript

/// The options of calls that the client and the runner carry out.
extension CallOption {
    package static let presign = CallOption("presign", .bool, "by presigned multipart upload")
    package static let from = CallOption("from", .string, "the file to send; - is standard input", role: .file)
    package static let to = CallOption(
        "to", .string, "the file to write; - is standard output", role: .file, result: .null, effect: .write)
    package static let lockMeOut = CallOption(
        "lock_me_out", .bool, "even where it takes your own access away", isLiteral: true)
}

extension CallOptions<Value> {
    /// True if an upload goes to the object store in parts, by presigned addresses.
    package var presign: Bool {
        get { isOn(.presign) }
        set { self[.presign] = newValue ? true : nil }
    }

    /// The file that the body is read from.
    package var from: String? {
        get { text(.from) }
        set { self[.from] = newValue.map { .string($0) } }
    }

    /// The file that the answer's body is written to.
    package var to: String? {
        get { text(.to) }
        set { self[.to] = newValue.map { .string($0) } }
    }

    /// True if the call is made even where it locks the caller out.
    package var lockMeOut: Bool {
        get { isOn(.lockMeOut) }
        set { self[.lockMeOut] = newValue ? true : nil }
    }
}
