/// The options that operations take beside their own parameters.
package enum OperationOptions {
    /// Those that every operation takes.
    package static let common = [
        Parameter("or", .any, isRequired: false, summary: "the value where the answer is 404"),
        Parameter("timeout", .duration, isRequired: false, summary: "how long to wait for the answer"),
        Parameter("retries", .int, isRequired: false, summary: "how often to send again after a failure that may pass"),
        Parameter("with_headers", .bool, isRequired: false, summary: "gives `body` and `headers`"),
    ]
    package static let all = Parameter("all", .bool, isRequired: false, summary: "all pages, as one list")

    /// Those that a command takes.
    package static func options(isListing: Bool, _ extras: Set<Command.Extra>) -> [Parameter] {
        var options = common
        if isListing { options.append(all) }
        for extra in [Command.Extra.presign, .from, .to, .body, .lockMeOut] where extras.contains(extra) {
            options.append(parameter(of: extra))
        }
        return options
    }

    private static func parameter(of extra: Command.Extra) -> Parameter {
        switch extra {
        case .presign: Parameter("presign", .bool, isRequired: false, summary: "by presigned multipart upload")
        case .from:
            Parameter("from", .string, isRequired: false, summary: "the file to send; - is standard input", role: .file)
        case .to:
            Parameter("to", .string, isRequired: false, summary: "the file to write; - is standard output", role: .file)
        case .body: Parameter("body", .map(.any), isRequired: false, summary: "the whole body")
        case .lockMeOut:
            Parameter("lock_me_out", .bool, isRequired: false, summary: "even where it takes your own access away")
        }
    }
}
