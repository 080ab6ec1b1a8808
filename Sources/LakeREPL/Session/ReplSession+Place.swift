internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The shell's commands `use`, `cd` and `source`: where one is, and what comes from a file.
extension ReplSession {
    /// Goes on with another server; without one it says which it is.
    func use(_ server: String) {
        guard !server.isEmpty else { return say(banner) }
        do throws(Failure) {
            let next = try connect(server)
            try admitKeys(to: next.connection)
            session = next
            serverValues = ReplSession.serverValues(of: session)
            facts = ReplSession.facts(of: session)
            (location, lastLocation, results, shown) = (nil, nil, [], nil)
            recording.forget()
            say(banner)
            say(console.errorStyler(.dim, "variables are gone, and the recording begins anew"))
            start()
        } catch {
            fail(error)
        }
    }

    /// Notes the addresses that the keys of the environment came with: that of the command line, and the configured one.
    func noteKeys() {
        let connection = session.connection
        let configured = (try? Configuration.load(server: nil))?.endpoint.flatMap { try? Endpoint($0).origin }
        let isOfEnvironment = !connection.isSandbox && connection.profile == nil && connection.identity != nil
        keyAddresses = Set([configured, isOfEnvironment ? connection.description : nil].compactMap(\.self))
    }

    /// Asks before keys that came with one address are sent to another.
    private func admitKeys(to connection: Connection) throws(Failure) {
        let address = connection.description
        guard !connection.isSandbox, connection.profile == nil, let key = connection.identityName,
            let known = keyAddresses.min(), !keyAddresses.contains(address)
        else { return }
        let host = address.hostOfAddress
        let isPrivate = address.hasPrefix("https:") || ["127.0.0.1", "localhost", "[::1]"].contains(host)
        guard isPrivate || keyAddresses.contains(where: { $0.hostOfAddress == host }) else {
            throw .keysOfAnother(address, advice: "use https, or a profile with keys of its own")
        }
        guard try console.terminal.agrees(to: "\(key) came with \(known). Send its keys to \(address), too?") else {
            throw .keysOfAnother(address, advice: "a profile has keys of its own; `lakesh help profiles`")
        }
        keyAddresses.insert(address)
    }

    /// Sets `$repository`, `$branch` and the prompt, if the server has them. No command uses them implicitly. A
    /// repository alone means its default branch; `..` leaves the branch, then the repository; `-` goes back.
    func changePlace(_ text: String) {
        guard text.words.count < 2 else {
            return fail(.shellCommand("`cd` takes one place", advice: "cd REPOSITORY/BRANCH"))
        }
        var wanted = text == "-" ? lastLocation : Location.going(text.unquoted, from: location)
        if let place = wanted {
            guard let found = existing(place, takesDefault: !text.contains("..") && text != "-") else { return }
            wanted = found
        }
        (lastLocation, location) = (location, wanted)
        session.forget(["repository", "branch"])
        guard let wanted else { return }
        let branch = wanted.branch.map { "\nlet branch = \($0.quoted)" } ?? ""
        let statements = "let repository = \(wanted.repository.quoted)" + branch
        execute(SourceText(name: "<prompt>", text: statements), showing: engine.analysis(of: statements))
    }

    /// Looks for a place on the server; nil, and an error was shown, if it is not there.
    private func existing(_ place: Location, takesDefault: Bool) -> Location? {
        guard let branch = place.branch else {
            let found = look("get_repository \(place.repository.quoted)")
            return found.map {
                Location(repository: place.repository, branch: takesDefault ? $0["default_branch"].text : nil)
            }
        }
        if let slash = branch.firstIndex(of: "/") {
            fail(
                .shellCommand(
                    "`cd` goes to a repository and a branch, and `\(branch[slash...].dropFirst())` is a path",
                    advice: "a path stands in each command: list_objects $repository $branch --prefix …"))
            return nil
        }
        return look("get_branch \(place.repository.quoted) \(branch.quoted)").map { _ in place }
    }

    /// Asks the server; nil, and an error was shown, if it has no answer.
    private func look(_ line: String) -> Value? {
        let script = session.load(SourceText(name: "<prompt>", text: line))
        guard script.program != nil else { return nil }
        cancelQuestions()
        switch session.run(script).outcome {
        case .success(let value): return value
        case .failure(var failure):
            // The user did not type the line that the failure points to.
            failure.span = nil
            fail(failure)
            return nil
        }
    }

    /// Takes the `def`s of the start file, which may hold nothing else.
    func start() {
        guard let startFile, FileStore().exists(startFile) else { return }
        do throws(Failure) {
            let text = try ScriptFront.read(startFile)
            let typed = engine.analysis(of: String(decoding: text.bytes, as: UTF8.self))
            let others = typed.tree.statements.filter { statement in
                switch statement.kind {
                case .definition, .include, .missing: false
                default: true
                }
            }
            guard others.isEmpty else {
                throw .shellState(
                    "start.lfs holds more than `def`s: nothing of it is taken",
                    advice: "it is \(startFile); statements stand in a file for `source`")
            }
            execute(text, showing: typed)
        } catch {
            fail(error)
        }
        console.errors.flush()
    }

    /// Runs the statements of a file here, with values for its parameters as `lakesh run` takes them.
    func source(_ text: String) {
        let words = text.words
        guard let path = words.first(where: { !$0.hasPrefix("--") }) else {
            return fail(.shellCommand("`source` takes a file"))
        }
        do throws(Failure) {
            let text = try ScriptFront.read(path.expandingHome)
            let typed = engine.analysis(of: String(decoding: text.bytes, as: UTF8.self))
            typedSecrets += secretTexts(in: typed)
            execute(text, showing: typed) { parameters throws(Failure) in
                let signature = ScriptSignature.extend(MetaCommand.source.signature, with: parameters)
                switch CommandLineBinder(signature).bind(words) {
                case .success(let options):
                    return try ScriptParameters.read(
                        parameters, options: options, nil, advice: "source FILE --NAME VALUE gives them")
                case .failure(let mistake):
                    throw .shellCommand(mistake.message, advice: mistake.advice.isEmpty ? nil : mistake.advice)
                }
            }
        } catch {
            fail(error)
        }
    }
}

extension String {
    /// The host of an address.
    fileprivate var hostOfAddress: String {
        let authority = split(separator: "/").dropFirst().first ?? ""
        let isPort = authority.last.map { $0.isNumber } ?? false
        return String(isPort ? authority.prefix(upTo: authority.lastIndex(of: ":") ?? authority.endIndex) : authority)
    }
}
