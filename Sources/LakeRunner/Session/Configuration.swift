internal import Glibc
internal import LakeAPI
package import LakeScript

/// The server and the identity: from the command line, else the environment, else `~/.lakectl.yaml`, in `lakectl`'s
/// order of precedence. Unknown keys of the file are ignored.
package struct Configuration: Sendable {
    /// The address as it was written, with or without `/api/v1`; nil if none was given.
    package var endpoint: String?
    /// The identity as a map that `as` takes: a pair of keys, a token or a session cookie; nil if none was given.
    package var identity: Value?
    /// The source of the endpoint, for messages.
    package var endpointSource = ""

    package init(endpoint: String? = nil, identity: Value? = nil) {
        self.endpoint = endpoint
        self.identity = identity
    }

    /// The folder of lakesh's own files: `$XDG_CONFIG_HOME/lakesh` or `~/.config/lakesh`.
    package static func folder(_ environment: (String) -> String?) -> String {
        let base = environment("XDG_CONFIG_HOME").flatMap { $0.isEmpty ? nil : $0 }
        return (base ?? (environment("HOME") ?? "") + "/.config") + "/lakesh"
    }

    /// Reads the environment and the file; `server` is the value of `--server`. Throws a mistake if the file cannot be
    /// read or is not YAML.
    package static func load(
        server: String?, environment variable: (String) -> String? = { getenv($0).map { String(cString: $0) } }
    ) throws(Failure) -> Configuration {
        // A value from a file or a Kubernetes secret often ends with a line end. An empty variable counts as not set.
        func environment(_ name: String) -> String? { setting(variable(name)) }
        let file = try lakectlFile(environment)
        var configuration = Configuration()
        let endpoints = [
            (setting(server), "--server"),
            (environment("LAKECTL_SERVER_ENDPOINT_URL"), "LAKECTL_SERVER_ENDPOINT_URL"),
            (setting(file["server"]["endpoint_url"].text), "~/.lakectl.yaml"),
        ]
        if let found = endpoints.first(where: { $0.0 != nil }), let endpoint = found.0 {
            configuration.endpoint = endpoint
            configuration.endpointSource = found.1
        }
        configuration.identity = identity(environment, file: file["credentials"])
        return configuration
    }

    /// The identity of the run: a token or a cookie from the environment, else a pair of keys, each from the
    /// environment or the file.
    private static func identity(_ environment: (String) -> String?, file: Value) -> Value? {
        if let token = IdentityForm.token.identity({ _ in environment("LAKESH_TOKEN") }) { return token }
        if let cookie = environment("LAKESH_COOKIE") { return sessionCookie(cookie) }
        return IdentityForm.keys.identity {
            environment("LAKECTL_CREDENTIALS_" + $0.uppercased()) ?? setting(file[$0].text)
        }
    }

    /// Reads `LAKESH_COOKIE`: `name=value`, or the value of lakeFS's own session cookie.
    private static func sessionCookie(_ text: String) -> Value? {
        let named = IdentityForm.cookies.lazy.compactMap { form in
            form.identity { text.hasPrefix($0 + "=") ? String(text.dropFirst($0.count + 1)) : nil }
        }
        return named.first ?? IdentityForm.cookies[0].identity { _ in text }
    }

    /// A value without blanks and line ends around it; nil if nothing is left.
    private static func setting(_ text: String?) -> String? { text.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 } }

    private static func lakectlFile(_ environment: (String) -> String?) throws(Failure) -> Value {
        let named = environment("LAKECTL_CONFIG_FILE")
        let path = named ?? (environment("HOME") ?? "") + "/.lakectl.yaml"
        var facts = stat()
        // A link to nothing is there, too: what it was to name is missed.
        guard named != nil || lstat(path, &facts) == 0 else { return .null }
        let file: Value
        do throws(Failure) {
            file = try YAML.read(try FileStore().read(path))
        } catch {
            throw .unreadable(configuration: path, error.message)
        }
        guard file.record != nil || file.isNull else {
            throw .unreadable(
                configuration: path, "it is \(file.typePhrase), not a map with `server` and `credentials`")
        }
        return file
    }
}

/// A server's address in its parts.
package struct Endpoint: Sendable, Equatable {
    /// `https://host:port`, without a path.
    package let origin: String
    /// The base path of all operations: `/api/v1` if the address has no path.
    package let basePath: String

    /// Reads an address: `https://lakefs.example.com`, optionally with a port and a path.
    ///
    /// - Throws: a mistake that says what is wrong with the address.
    package init(_ text: String) throws(Failure) {
        guard let address = try? WebAddress(text), !address.target.contains("?") else {
            let hasScheme = text.lowercased().hasPrefix("http")
            throw .noAddress(
                text,
                hasScheme ? "keys do not go into the address" : "write it with its scheme: https://lakefs.example.com")
        }
        var path = address.target
        while path.hasSuffix("/") { path.removeLast() }
        origin = address.origin
        basePath = path.isEmpty ? "/api/v1" : path
    }
}
