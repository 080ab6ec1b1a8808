import LakeScript

/// Syntax of the names of repositories, branches, tags, refs, paths, users and groups, after the validators of lakeFS.
enum Names {
    /// Returns true if an id is valid for a repository: `^[a-z0-9][a-z0-9-]{2,62}$`.
    static func isRepository(_ id: String) -> Bool {
        (3...63).contains(id.utf8.count) && id.utf8.first != UInt8(ascii: "-")
            && id.utf8.allSatisfy { $0.isLowerCaseOrDigit || $0 == UInt8(ascii: "-") }
    }

    /// Throws if an id is not valid for a repository.
    static func checkRepository(_ id: String, as argument: String = "repository") throws(Fault) {
        guard isRepository(id) else { throw invalid("argument \(argument): repository id") }
    }

    /// Throws if a name is not valid for a branch: `^\w[-\w]*$`.
    ///
    /// The fault names the operation's argument. Only the creation of a branch `advises` what is valid.
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

    /// Throws if a name is not valid for a tag. The rules are git's for refs, without slashes.
    static func checkTag(_ name: String) throws(Fault) {
        guard !name.isEmpty else { throw required("tagID") }
        let hasBadByte = name.utf8.contains { $0 <= 0x20 || $0 == 0x7F || refusedInTags.contains($0) }
        let hasBadPart = name.contains("..") || name.contains("@{") || name == "@"
        guard !hasBadByte, !hasBadPart, !name.hasSuffix("."), !name.hasSuffix(".lock") else {
            throw invalid("argument tagID: tag id")
        }
    }

    /// Throws if a text is not valid as a ref: `^\S+$`.
    static func checkRef(_ text: String, as argument: String = "ref") throws(Fault) {
        guard !text.isEmpty else { throw required(argument) }
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]
        guard !text.utf8.contains(where: blanks.contains) else { throw invalid("argument \(argument): ref") }
    }

    /// Throws if a text is not valid as the path of an object.
    static func checkPath(_ path: String, as argument: String = "path") throws(Fault) {
        guard !path.isEmpty else { throw .missingPath }
        guard path.utf8.count <= 1024 else {
            throw invalid("argument \(argument)").followed(by: "\(path.utf8.count) is above maximum length (1024)")
        }
    }

    /// Throws if the id of a user or group is refused by the store that keeps it.
    static func checkIdentity(_ id: String, _ profile: ServerProfile) throws(Fault) {
        let hasSlash = id.utf8.contains(UInt8(ascii: "/"))
        switch profile.accessControl {
        case .builtIn, .single: try checkIdentity(id)
        case .lists where id.isEmpty || hasSlash, .remote where id.isEmpty: throw Fault(.invalid, "invalid request")
        case .lists, .remote: break
        }
    }

    /// Throws if the id of a user, group or policy is refused by lakeFS itself.
    static func checkIdentity(_ id: String) throws(Fault) {
        if id.isEmpty { throw Fault(.invalid, "empty name: validation error") }
        if id.utf8.contains(UInt8(ascii: "/")) { throw Fault(.invalid, "name contains delimiter /: validation error") }
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
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || isDigit
    }

    /// A letter, a digit or an underscore of ASCII: `\w`.
    fileprivate var isWordByte: Bool {
        isLowerCaseOrDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || self == UInt8(ascii: "_")
    }
}
