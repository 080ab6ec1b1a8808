internal import LakeRunner
internal import LakeSandbox
internal import LakeSandboxServer
internal import LakeScript

/// `lakesh sandbox`: serves the simulated lakeFS on a port until ^C or SIGTERM.
enum SandboxCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "sandbox",
            [Parameter("listen", default: "127.0.0.1:8000", summary: "the address and port; port 0 takes a free one")]
                + TargetOptions.sandboxParameters + [
                    Parameter(
                        "no_set_up", .bool, default: false, summary: "start without a first user, before the setup"),
                    Parameter(
                        "ask_preferences", .bool, default: false,
                        summary: "v0.90: ask for communication preferences before the set-up"),
                    Parameter("ready_json", .bool, default: false, summary: "print one line of JSON when it is ready"),
                ], summary: "serve a simulated lakeFS over HTTP; its state is in memory"),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        var configuration = TargetOptions.sandbox(options)
        configuration.isSetUp = options["no_set_up"] != true
        configuration.asksPreferences = options["ask_preferences"] == true
        do throws(Failure) {
            try Digest.load()
            var random = SystemRandomNumberGenerator()
            let clock = Clock.system
            let sandbox = Sandbox(configuration, at: clock.now(), random: &random)
            let server = try SandboxServer(sandbox, listen: options["listen"]?.text ?? "", clock: clock.now)
            console.output.write(
                options["ready_json"] == true ? ready(server) : greeting(server, configuration.like.summary))
            _ = Loop(waiter: PollWaiter()).turn(server) { _, _ in false }
            return .done
        } catch {
            return console.usage(error)
        }
    }

    private static func ready(_ server: SandboxServer) -> String {
        let keys = server.sandbox.adminCredentials
        let line: Value = [
            "server": .string(server.address), "access_key": .string(keys?.id ?? ""),
            "secret_key": .string(keys?.secret ?? ""),
        ]
        return String(decoding: JSON.write(line, layout: .compact), as: UTF8.self) + "\n"
    }

    private static func greeting(_ server: SandboxServer, _ like: String) -> String {
        guard let keys = server.sandbox.adminCredentials else {
            return "sandbox at \(server.address), waiting for its set-up. ^C ends it.\n"
        }
        return """
            sandbox at \(server.address), like \(like). ^C ends it and discards its state.

              export LAKECTL_SERVER_ENDPOINT_URL=\(server.address)
              export LAKECTL_CREDENTIALS_ACCESS_KEY_ID=\(keys.id)
              export LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY=\(keys.secret)

            """
    }
}
