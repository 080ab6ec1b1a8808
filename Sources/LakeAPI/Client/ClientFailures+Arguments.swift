import Glibc
package import LakeScript

// The failures of arguments and files: R0216 to R0223, and R0225. Each factory stands below the code that explains it.
extension Failure {
    static let r0216 = Code(
        "R0216",
        """
        An argument cannot be sent as it is: null, a value of a wrong type, or a name that a server would read as another \
        one. Nothing was sent. Where the check knows the value it finds this before the run.
        """)

    static func unsendable(_ operation: String, _ argument: String, notes: [String] = []) -> Failure {
        Failure(r0216, "`\(operation)` got \(argument)", notes: notes)
    }

    static let r0217 = Code(
        "R0217",
        """
        The value is no identity. An identity is a map with access_key_id and secret_access_key (what \
        `create_credentials` gives), a map with a token (what a login gives), or a map with one session cookie.
        """)

    static func noIdentity(_ message: String, notes: [String] = []) -> Failure { Failure(r0217, message, notes: notes) }

    static let r0218 = Code(
        "R0218",
        """
        `put_url` and `get_url` take a web address, with https:// or http:// and without a password. In a sandbox they \
        reach the sandbox alone.
        """)

    static let noWebAddress = Failure(
        r0218, "this is not a web address", notes: ["it begins with https:// or http://, and holds no password"])

    static func outsideOfSandbox(_ address: WebAddress) -> Failure {
        Failure(
            r0218, "\(address.shown) is not an address of this sandbox",
            notes: ["a sandbox sends nothing elsewhere: with a server, this address is asked"])
    }

    static let r0225 = Code(
        "R0225",
        """
        A header's name or value holds a line end or another control character, which a header cannot. A text that was \
        read from a file often ends with a line end: `trim` removes it.
        """)

    static func notAHeader(_ name: String) -> Failure {
        Failure(
            r0225, "the header `\(name)` holds a line end or a control character",
            notes: ["`trim` removes the line end of a text that was read from a file"])
    }

    static let r0219 = Code(
        "R0219",
        """
        It is not clear what is to be sent. `put_url` sends a file or `--body`, one of them. `upload_object` with \
        `--presign` sends a regular file, named with `--from`, because it reads parts of it more than once; a pipe is \
        sent without `--presign`.
        """)

    static func notOneBody(_ command: String) -> Failure {
        Failure(r0219, "`\(command)` sends a file or --body, one of them")
    }

    static func noBody(_ found: Value) -> Failure {
        Failure(r0219, "--body is a string or bytes, not a \(found.typeName)")
    }

    static func notInParts(_ source: ByteSource?) -> Failure {
        Failure(
            r0219,
            "--presign sends a file in parts"
                + (source.map { ", and `\($0.path)` is not a regular file" } ?? ": name it with --from FILE"))
    }

    static let r0220 = Code(
        "R0220",
        """
        A part of an upload did not reach the object store, though it was sent several times. The message has the store's \
        words. The upload was aborted, so that no object was written.
        """)

    static func partNotStored(
        _ part: Int, of upload: MultipartUpload, _ outcome: Result<HTTPResponse, TransportFailure>
    ) -> Failure {
        let message = "part \(part) of \(upload.count) of `\(upload.file)` did not reach the store"
        switch outcome {
        case .success(let response):
            var failure = Failure(
                r0220, .operation, message, notes: ["store: \(response.status) \(response.body.excerpt)"])
            failure.status = response.status
            return failure
        case .failure(let loss):
            return Failure(r0220, loss.cause == .timeout ? .timeout : .operation, message, notes: [loss.message])
        }
    }

    static let r0221 = Code(
        "R0221",
        """
        A download to standard output broke off, and its rest cannot be requested: the object changed, or the server \
        does not support it. The bytes that are out are not the whole object. `--to FILE` begins again by itself and \
        leaves no half file.
        """)

    static let restUnavailable = Failure(
        r0221, .operation, "the connection broke in the middle of the answer, and the rest cannot be asked for",
        notes: [
            "the server gave no ETag, which would tell whether the object is still the same",
            "--to FILE begins again by itself",
        ])

    static func notTheRest(_ reason: String, _ response: HTTPResponse) -> Failure {
        var failure = Failure(
            r0221, .operation,
            "the connection broke in the middle of the answer, and it cannot be gone on with: \(reason)")
        failure.status = response.status
        failure.requestID = response.requestID
        return failure
    }

    static let r0222 = Code(
        "R0222",
        """
        A file cannot be read or written. The message has the system's reason: no such file, no permission, a full disk. \
        Contents that are held in memory have a limit, too: a large answer is written to a file with `--to`.
        """)

    /// The system refused to read or write a file: "cannot write `a.csv`: no space left on device". `errno` must still
    /// hold the reason.
    package static func ofSystem(_ verb: String, _ path: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(r0222, "cannot \(verb) `\(path)`: \(reason.prefix(1).lowercased() + reason.dropFirst())")
    }

    static func tooLarge(_ source: ByteSource) -> Failure {
        Failure(r0222, "`\(source.path)` is larger than 256 MiB, too large to read whole")
    }

    static let r0227 = Code(
        "R0227",
        """
        A download with `--to_folder` writes below the folder, at the object's path, and this path is none of a file \
        in it: it has a `..`, a `/` at its beginning or end, or an empty part, or there is a link on the way. Nothing \
        was sent. `--to FILE` writes the object to a file of any name.
        """)

    static let folderWithoutName = Failure(
        r0227, "the name of the folder for `--to_folder` is empty", notes: ["nothing was sent; `.` is this folder"])

    static func outsideFolder(_ object: String, _ folder: String, _ reason: String) -> Failure {
        Failure(
            r0227, "`\(object)` is no path of a file in the folder `\(folder)`: \(reason)",
            notes: ["nothing was sent", "`--to FILE` writes the object to a file of any name"])
    }

    static let r0223 = Code(
        "R0223",
        """
        Requests are sent by libcurl, a library of the system, and it is missing or does not start. The message names the \
        package to install. A sandbox needs no libcurl.
        """)

    static func noCurl(_ problem: String) -> Failure { Failure(r0223, problem) }
}
