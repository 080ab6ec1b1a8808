internal import Glibc
internal import LakeAPI
package import LakeScript

/// The user's named servers: `$XDG_CONFIG_HOME/lakesh/profiles.yaml`.
///
///     production:
///       server: https://lakefs.example.com
///       keys: {env: {access_key_id: PROD_KEY_ID, secret_access_key: PROD_SECRET}}
///       protected: true                 # what destroys asks first
///     staging:
///       server: https://staging.example.com
///       keys: {file: ~/.lakectl-staging.yaml}
///
/// A script uses a profile by `on "production" { }`, the shell by `use production`, a run by `--server production`.
/// Keys come from environment variables (a pair of keys, or `{token: NAME}`), from a file like `~/.lakectl.yaml`, or
/// from the profile itself if only its owner can read the file.
package struct Profiles: Sendable {
    /// The path of the file, whether or not it exists.
    package let path: String
    /// All profiles, in the file's order.
    package let all: [Profile]

    package init(path: String, all: [Profile]) {
        self.path = path
        self.all = all
    }

    /// The names, for completion and for the check of scripts.
    package var names: [String] { all.map(\.name) }

    package subscript(name: String) -> Profile? { all.first { $0.name == name } }

    /// For the check of scripts.
    package var known: Checker.KnownProfiles { Checker.KnownProfiles(names: names, path: path) }

    /// Reads the file; without a file there are no profiles.
    ///
    /// - Parameter environment: returns the value of a variable, or nil if it is not set.
    /// - Returns: the profiles.
    /// - Throws: a mistake that names the file, the profile, and what is wrong with it.
    package static func load(
        environment: @escaping @Sendable (String) -> String? = { getenv($0).map { String(cString: $0) } }
    ) throws(Failure) -> Profiles {
        let path = Configuration.folder(environment) + "/profiles.yaml"
        guard FileStore().exists(path) else { return Profiles(path: path, all: []) }
        let value: Value
        do throws(Failure) {
            value = try YAML.read(try FileStore().read(path))
        } catch {
            throw .unreadable(configuration: path, error.message)
        }
        guard value.isNull || value.record != nil else {
            throw .noProfiles(in: path)
        }
        var all: [Profile] = []
        for (name, settings) in value.record ?? Record() {
            do throws(Failure) {
                all.append(try Profile(name, settings, in: path, environment))
            } catch {
                throw .profile(name, in: path, error)
            }
        }
        return Profiles(path: path, all: all)
    }
}

/// A named server and its identity.
package struct Profile: Sendable {
    package let name: String
    package let endpoint: Endpoint
    /// True if destructive operations ask first, even with `--yes`: the name of the target is to be typed.
    package let isProtected: Bool
    private let keys: Value
    private let path: String
    private let environment: @Sendable (String) -> String?

    fileprivate init(
        _ name: String, _ settings: Value, in path: String, _ environment: @escaping @Sendable (String) -> String?
    ) throws(Failure) {
        let meanings = ["server", "keys", "protected"]
        for key in settings.record?.keys ?? [] where !meanings.contains(key) {
            let close = DidYouMean.closest(to: key, in: meanings).map { "did you mean `\($0)`?" }
            throw .profile(
                "has `\(key)`, which means nothing",
                notes: [close ?? "a profile has \(meanings.joined(separator: ", "))"])
        }
        guard let server = settings["server"].text else { throw .profile("needs a `server`") }
        let protected = settings["protected"]
        guard protected.isNull || protected == true || protected == false else {
            throw .profile("has a `protected` that is neither true nor false")
        }
        self.name = name
        self.path = path
        self.environment = environment
        endpoint = try Endpoint(server)
        isProtected = protected == true
        keys = settings["keys"]
        guard Profile.forms(keys) else {
            throw .profile(
                "has `keys` that say nothing",
                notes: ["write {env: {access_key_id: NAME, secret_access_key: NAME}} or {file: PATH}"])
        }
        if IdentityForm.all.identity({ keys[$0].text }) != nil { try Profile.checkMode(of: path) }
    }

    private static func forms(_ keys: Value) -> Bool {
        if keys.isNull { return true }
        func isIdentity(_ value: Value) -> Bool { IdentityForm.all.identity { value[$0].text } != nil }
        return isIdentity(keys) || isIdentity(keys["env"]) || keys["file"].text != nil
    }

    private static func checkMode(of path: String) throws(Failure) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return }
        throw .profile(
            "holds keys, and others may read the file",
            notes: ["chmod 600 \(path)", "or take the keys from elsewhere: keys: {env: …} or {file: …}"])
    }

    /// The identity; nil for anonymous. It is read when the server is first used.
    ///
    /// - Throws: a mistake that names the variable that is not set, or the file without keys.
    package func identity() throws(Failure) -> Value? {
        if keys.isNull { return nil }
        if let file = keys["file"].text { return try identity(in: expanded(file)) }
        guard let names = keys["env"].record else { return IdentityForm.all.identity { keys[$0].text } }
        var identity = Record()
        for (field, variable) in names {
            guard let text = environment(variable.text ?? ""), !text.isEmpty else {
                throw .unsetKey(of: name, variable.text ?? "", in: path)
            }
            identity[field] = .string(text)
        }
        return IdentityForm.all.identity { identity[$0]?.text }
    }

    private func identity(in file: String) throws(Failure) -> Value? {
        let credentials: Value
        do throws(Failure) {
            credentials = try YAML.read(try FileStore().read(file))["credentials"]
        } catch {
            throw .unreadableKeys(of: name, in: file, error.message)
        }
        guard let keys = IdentityForm.keys.identity({ credentials[$0].text }) else {
            throw .noKeys(of: name, in: file)
        }
        return keys
    }

    private func expanded(_ file: String) -> String {
        if file.hasPrefix("~/") { return (environment("HOME") ?? "") + file.dropFirst() }
        let folder = path.dropLast(path.reversed().prefix { $0 != "/" }.count)
        return file.hasPrefix("/") ? file : folder + file
    }
}
