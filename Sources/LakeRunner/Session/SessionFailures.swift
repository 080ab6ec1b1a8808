internal import LakeScript

// The failures before a run and between its performers: R0301 to R0310. Each factory stands below the code that explains
// it.
extension Failure {
    /// The codes of the failures of sessions and of the loop.
    static let codesOfSessions = [r0301, r0302, r0303, r0304, r0305, r0306, r0307, r0308, r0309, r0310]

    static let r0301 = Code(
        "R0301",
        """
        The text is not a server's address. An address has a scheme, a host, perhaps a port and a path: \
        `https://lakefs.example.com`. Keys are not a part of it: they come from a profile, the environment or \
        `~/.lakectl.yaml`.
        """)

    static func noAddress(_ text: String, _ advice: String) -> Failure {
        Failure(r0301, "`\(text)` is not a server's address", notes: [advice])
    }

    static let r0302 = Code(
        "R0302",
        """
        A configuration file cannot be read, is not YAML, or has another shape than it should. The message has the \
        system's or the parser's reason. `help profiles` and `help environment` show both files.
        """)

    static func unreadable(configuration path: String, _ reason: String) -> Failure {
        Failure(r0302, "`\(path)` cannot be read: \(reason)")
    }

    static func noProfiles(in path: String) -> Failure {
        Failure(r0302, "`\(path)` is not a map from names to profiles")
    }

    static let r0303 = Code(
        "R0303",
        """
        No profile has this name. Profiles are in `~/.config/lakesh/profiles.yaml`, or below `$XDG_CONFIG_HOME`; their \
        names are case-sensitive. `--server` also takes an address.
        """)

    static func unknownProfile(_ name: String, in profiles: Profiles) -> Failure {
        let close = DidYouMean.closest(to: name, in: profiles.names).map { "did you mean `\($0)`?" }
        return Failure(
            r0303, "there is no profile `\(name)`", notes: [close ?? "profiles stand in \(profiles.path)"])
    }

    static let r0304 = Code(
        "R0304",
        """
        An entry of the profiles file is wrong. A profile has a `server`, and may have `keys` and `protected`. Keys in \
        the file itself are accepted only if nobody but its owner can read the file.
        """)

    /// A mistake in a profile; the message begins with its verb.
    static func profile(_ mistake: String, notes: [String] = []) -> Failure { Failure(r0304, mistake, notes: notes) }

    /// The mistake of a profile with its file and name.
    static func profile(_ name: String, in path: String, _ mistake: Failure) -> Failure {
        Failure(r0304, "`\(path)`: the profile `\(name)` \(mistake.message)", notes: mistake.notes)
    }

    static let r0305 = Code(
        "R0305",
        """
        The keys of a profile are not there: an environment variable is not set, or a file has no keys. Set the \
        variable, or change `keys` of the profile: `{env: {…}}`, `{file: PATH}`, or the keys themselves.
        """)

    static func unsetKey(of profile: String, _ variable: String, in path: String) -> Failure {
        Failure(
            r0305, "the profile `\(profile)` takes its keys from $\(variable), which is not set",
            notes: ["set it, or change \(path)"])
    }

    static func unreadableKeys(of profile: String, in file: String, _ reason: String) -> Failure {
        Failure(r0305, "the profile `\(profile)` takes its keys from `\(file)`: \(reason)")
    }

    static func noKeys(of profile: String, in file: String) -> Failure {
        Failure(r0305, "`\(file)`, from which the profile `\(profile)` takes its keys, has none")
    }

    static let r0306 = Code(
        "R0306",
        """
        A script that another script includes or runs cannot be read. It must be a regular `.lfs` file in the folder of \
        the first script, or below it, also where links lead. So a script cannot show files that are not scripts.
        """)

    static func unreadable(script path: String, _ reason: String) -> Failure {
        Failure(r0306, "cannot read `\(path)`: \(reason)")
    }

    static let r0307 = Code(
        "R0307",
        """
        The call was refused before it was sent, because it would lock you out: afterwards an identity of the run could \
        no longer log in, grant rights or undo the call. It is also refused if that cannot be found out. \
        `--lock-me-out` sends it anyway.
        """)

    static func locksOut(_ command: String, _ effect: String, notes: [String]) -> Failure {
        Failure(r0307, .declined, "this would lock you out: `\(command)` \(effect)", notes: notes)
    }

    static func mayLockOut(_ command: String, notes: [String]) -> Failure {
        Failure(
            r0307, .declined, "this may lock you out: what `\(command)` would leave of your rights cannot be read",
            notes: notes)
    }

    static let r0308 = Code(
        "R0308",
        """
        The call changes users' rights, and the run has no identity that could read them first. Give it keys: by a \
        profile, by the environment, by `~/.lakectl.yaml`, or by `as`.
        """)

    static let anonymous = Failure(r0308, .denied, "nobody is logged in")

    static let r0309 = Code(
        "R0309",
        """
        The run was interrupted a second time, while it was still waiting for the answers to pending requests. It did \
        not wait any longer: a request that was sent may have been carried out. Look at the server before you repeat it.
        """)

    static let abandoned = Failure(
        r0309, .cancelled, "interrupted twice: what was under way is abandoned",
        notes: ["a request that was sent may still have been carried out"])

    static let r0310 = Code(
        "R0310",
        """
        The script executed more instructions than `--fuel` allows. In most cases a loop never ends. Otherwise give it \
        more fuel.
        """)

    static let outOfFuel = Failure(
        r0310, "the script took more steps than --fuel allows", notes: ["is there a loop without an end?"])
}
