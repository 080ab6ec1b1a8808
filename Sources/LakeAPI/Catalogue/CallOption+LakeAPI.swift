package import LakeScript

/// The options of calls that the client and the runner carry out.
extension CallOption {
    /// Uploads go to the object store in parts, by presigned addresses.
    package static let presign = CallOption("presign", .bool, "by presigned multipart upload")
    package static let from = CallOption("from", .string, "the file to send; - is standard input", role: .file)
    package static let to = CallOption(
        "to", .string, "the file to write; - is standard output", role: .file, result: .null, effect: .write)
    package static let toFolder = CallOption(
        "to_folder", .string, "the folder to write to, at the object's path", role: .folder, result: .null,
        effect: .write)
    package static let lockMeOut = CallOption(
        "lock_me_out", .bool, "even where it takes your own access away", isLiteral: true)
}
