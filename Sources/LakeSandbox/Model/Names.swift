/// Which names repositories, branches, tags, references and paths may have, by the validators of lakeFS.
enum Names {
    /// Throws where an id cannot be a repository's: `^[a-z0-9][a-z0-9-]{2,62}$`.
    static func checkRepository(_ id: String, as argument: String = "repository") throws(Fault) {
        let isValid =
            (3...63).contains(id.utf8.count) && id.utf8.first != UInt8(ascii: "-")
            && id.utf8.allSatisfy { $0.isLowerCaseOrDigit || $0 == UInt8(ascii: "-") }
        guard isValid else { throw invalid("argument \(argument): repository id") }
    }

    /// Throws where a name cannot be a branch's: `^\w[-\w]*$`.
    ///
    /// The operation calls it by the argument's name. Only making a branch advises what a name must be like.
    static func checkBranch(_ name: String, as argument: String = "branch", advises: Bool = false) throws(Fault) {
        guard !name.isEmpty else { throw required(argument) }
        let isValid =
            name.utf8.first != UInt8(ascii: "-")
            && name.utf8.allSatisfy { $0.isWordByte || $0 == UInt8(ascii: "-") }
        guard !isValid else { return }
        let fault = invalid("argument \(argument): branch id")
        guard advises else { throw fault }
        throw fault.followed(
            by: "branch id must consist of letters, digits, underscores and dashes, and cannot start with a dash")
    }

    /// Throws where a name cannot be a tag's. The rules are git's for references, but for a slash, which is refused.
    static func checkTag(_ name: String) throws(Fault) {
        guard !name.isEmpty else { throw required("tagID") }
        let hasBadByte = name.utf8.contains { $0 <= 0x20 || $0 == 0x7F || refusedInTags.contains($0) }
        let hasBadPart = name.contains("..") || name.contains("@{") || name == "@"
        guard !hasBadByte, !hasBadPart, !name.hasSuffix("."), !name.hasSuffix(".lock") else {
            throw invalid("argument tagID: tag id")
        }
    }

    /// Throws where a text cannot be a reference: `^\S+$`.
    static func checkReference(_ text: String, as argument: String = "ref") throws(Fault) {
        guard !text.isEmpty else { throw required(argument) }
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]
        guard !text.utf8.contains(where: blanks.contains) else { throw invalid("argument \(argument): ref") }
    }

    /// Throws where a text cannot be an object's path.
    static func checkPath(_ path: String, as argument: String = "path") throws(Fault) {
        guard !path.isEmpty else { throw .missingPath }
        guard path.utf8.count <= 1024 else {
            throw invalid("argument \(argument)").followed(by: "\(path.utf8.count) is above maximum length (1024)")
        }
    }

    private static let refusedInTags = Array("^:/?*[\\".utf8)

    private static func invalid(_ what: String) -> Fault { Fault(.invalid, what + ": invalid value: validation error") }

    private static func required(_ argument: String) -> Fault {
        Fault(.untranslated, "argument \(argument): required value: validation error")
    }
}

extension UInt8 {
    /// `a` to `z` and `0` to `9`.
    fileprivate var isLowerCaseOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    /// A letter, a digit or an underscore of ASCII: `\w`.
    fileprivate var isWordByte: Bool {
        isLowerCaseOrDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || self == UInt8(ascii: "_")
    }
}
