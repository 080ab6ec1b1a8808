internal import LakeRunner
internal import LakeScript

/// What can stand at the cursor.
extension ReplEngine {
    /// The candidates for the cursor, a byte of the text's UTF-8.
    package func complete(_ text: String, cursor: Int) -> Completion {
        if let start = lineStart(in: text), cursor > start { return completeLine(text, from: start, cursor: cursor) }
        let context = CursorContext(text, cursor: cursor)
        guard context.place == .command else { return complete(context) }
        return Completion(context.range, matching(context.typed, commands(isFirst: isFirst(context, text))))
    }

    /// The candidates of the statement that `explain` is given: it holds no other meta command.
    private func completeLine(_ text: String, from start: Int, cursor: Int) -> Completion {
        var engine = self
        engine.metaCommands = []
        let line = String(decoding: text.utf8.dropFirst(start), as: UTF8.self)
        var completion = engine.complete(line, cursor: cursor - start)
        completion.range = completion.range.lowerBound + start..<completion.range.upperBound + start
        return completion
    }

    /// The candidates of a context, its commands being no first words.
    func complete(_ context: CursorContext) -> Completion {
        switch context.place {
        case .command: return Completion(context.range, matching(context.typed, commands(isFirst: false)))
        case .variable: return Completion(context.range, matching(context.typed, variables(context)))
        case .field: return Completion(context.range, matching(context.typed, fields(context)))
        case .option: return Completion(context.range, matching(context.typed, options(context)))
        case .optionValue(let name):
            guard let parameter = parameter(named: name, of: context.command) else { return Completion(context.range) }
            return values(of: parameter, context)
        case .argument: return argument(context)
        case .none: return Completion(context.range)
        }
    }

    private func isFirst(_ context: CursorContext, _ text: String) -> Bool {
        !context.isPiped && text.utf8.prefix(context.range.lowerBound).allSatisfy { $0 == 0x20 }
    }

    /// Those that begin with what was typed; where there are none, those that hold it.
    private func matching(_ typed: String, _ candidates: [Candidate]) -> [Candidate] {
        let beginning = candidates.filter { $0.text.hasUTF8Prefix(typed) }
        guard beginning.isEmpty, typed.utf8.count >= 2 else { return beginning }
        return candidates.filter { $0.text.contains(typed) }
    }

    /// What a statement may start with; meta commands only as its first word.
    private func commands(isFirst: Bool) -> [Candidate] {
        let builtins = Builtins.all.map { Candidate($0.signature.name, $0.signature.summary, .command) }
        let own = definitions.map { Candidate($0.name, $0.summary.isEmpty ? "your def" : $0.summary, .command) }
        let keywords = Keywords.starting.map { Candidate($0.name, $0.summary, .keyword) }
        let meta = isFirst ? metaCommands.map { Candidate($0.name, $0.summary, .meta) } : []
        return (own + operations + builtins + keywords + meta).sorted { $0.text < $1.text }
    }

    private var operations: [Candidate] {
        vocabulary.names.map { Candidate($0, vocabulary[$0]?.signature.summary ?? "", .command) }
    }

    /// What `help` explains, operations and built-ins with what they do.
    private var topics: [Candidate] {
        let articles = Article.all.map { Candidate($0.name, $0.summary, .value) }
        let keywords = Keywords.all.map { Candidate($0.name, $0.summary, .keyword) }
        let callable = commands(isFirst: false).filter { $0.kind == .command }
        return (articles + keywords + callable).sorted { $0.text < $1.text }
    }

    /// The options that a command has and that are not given yet.
    private func options(_ context: CursorContext) -> [Candidate] {
        guard let signature = signature(named: context.command), !isMeta(signature.name) else { return [] }
        let given = Set(
            context.arguments.compactMap { argument in
                if case .option(let text) = argument {
                    text.prefix { $0 != "=" }.dropFirst(2).map { $0 == "-" ? "_" : $0 }
                } else {
                    nil
                }
            })
        let own = signature.parameters.map { Candidate("--" + $0.name, $0.optionSummary, .option) }
        let common = vocabulary[context.command].map(CommonOption.options) ?? []
        return (own.filter { !given.contains(Array($0.text.dropFirst(2))) } + common)
    }

    /// Whether the shell's own command of that name is called so: it reads its words by itself, and knows no options.
    private func isMeta(_ name: String) -> Bool { metaCommands.contains { $0.name == name } }

    private func parameter(named name: String, of command: String) -> Parameter? {
        guard let signature = signature(named: command) else { return nil }
        return signature.parameter(named: name).map { signature.parameters[$0] }
    }

    /// The argument that is due by position, or the value of the option before.
    private func argument(_ context: CursorContext) -> Completion {
        guard let signature = signature(named: context.command) else { return Completion(context.range) }
        let bound = ArgumentBinder(signature, context)
        if let parameter = bound.due {
            let completion = values(of: parameter, context, arguments: bound.words)
            if !completion.candidates.isEmpty || completion.isLoading || !completion.message.isEmpty {
                return completion
            }
            if bound.isDue, context.typed.isEmpty, context.quote == nil, !context.isOfSystemShell {
                var nothing = Completion(context.range)
                nothing.message = "\(parameter.name): \(parameter.optionSummary)"
                return nothing
            }
        }
        guard context.typed.isEmpty, context.quote == nil else { return Completion(context.range) }
        return Completion(context.range, options(context))
    }

    private func values(of parameter: Parameter, _ context: CursorContext, arguments: [String: String]? = nil)
        -> Completion
    {
        var completion = Completion(context.range)
        let type = parameter.type.unwrapped
        if case .enumeration(let names) = type {
            completion.candidates = matching(context.typed, names.map { Candidate($0, "", .value) })
        } else if type == .bool {
            completion.candidates = matching(context.typed, ["true", "false"].map { Candidate($0, "", .value) })
        } else {
            let words = arguments ?? signature(named: context.command).map { ArgumentBinder($0, context).words } ?? [:]
            addNamed(parameter.role, context, words, to: &completion)
        }
        return completion
    }

    /// What a parameter's role names: files, commands, things of the server.
    private func addNamed(
        _ role: Parameter.Role, _ context: CursorContext, _ words: [String: String], to completion: inout Completion
    ) {
        switch role {
        case .file, .folder: completion.candidates = paths(context, foldersOnly: role == .folder)
        case .command: completion.candidates = matching(context.typed, commands(isFirst: true))
        case .topic: completion.candidates = matching(context.typed, topics)
        case .operation: completion.candidates = matching(context.typed, operations)
        case .profile: completion.candidates = matching(context.typed, profiles.map { Candidate($0, "", .value) })
        case .field: completion.candidates = matching(context.typed, pipedFields(context))
        case .plain: break
        case .repository where context.command == "cd" && context.typed.contains("/"):
            addBranches(context, to: &completion)
        case .user, .group, .policy, .accessKey, .repository, .branch, .tag, .ref, .commit, .path, .prefix:
            let answer = live?.values(of: role, typed: context.typed, arguments: placed(words)) ?? .unknown
            add(answer, to: &completion) { found in
                let shown = quoted(hereFirst(matching(context.typed, found), role), context)
                // A branch may follow.
                return context.command != "cd" ? shown : shown.map { Candidate($0.text + "/", $0.description, .folder) }
            }
        }
    }

    private func add(
        _ answer: LiveAnswer, to completion: inout Completion, _ shown: ([Candidate]) -> [Candidate]
    ) {
        switch answer {
        case .candidates(let found): completion.candidates = shown(found)
        case .loading(let found):
            completion.candidates = shown(found)
            completion.isLoading = true
        case .failed(let message): completion.message = message
        case .unknown: break
        }
    }

    /// `cd lake/ma`: the branches of the repository that is typed, or of the one around with `../`.
    private func addBranches(_ context: CursorContext, to completion: inout Completion) {
        guard let slash = context.typed.firstIndex(of: "/") else { return }
        let head = String(context.typed[...slash])
        let typed = String(context.typed[slash...].dropFirst())
        let repository = head == "../" ? place?.repository ?? "" : String(head.dropLast())
        let answer = live?.values(of: .branch, typed: typed, arguments: ["repository": repository]) ?? .unknown
        add(answer, to: &completion) { found in
            matching(typed, found).map { Candidate(head + $0.text, $0.description, $0.kind) }
        }
    }

    /// The arguments with those of the place for what a variable stands for, or what is not given.
    private func placed(_ words: [String: String]) -> [String: String] {
        guard let place, words["repository"] ?? place.repository == place.repository else { return words }
        var words = words
        words["repository"] = place.repository
        if let branch = place.branch, words["ref"] == nil, words["branch"] == nil, words["source_ref"] == nil {
            words["branch"] = branch
        }
        return words
    }

    /// The candidates with what `cd` went to at their head.
    private func hereFirst(_ candidates: [Candidate], _ role: Parameter.Role) -> [Candidate] {
        let here: String? =
            switch role {
            case .repository: place?.repository
            case .branch, .ref, .commit: place?.branch
            case .plain, .user, .group, .policy, .accessKey, .tag, .path, .prefix, .file, .folder, .command,
                .operation, .field, .profile, .topic:
                nil
            }
        guard let here, let index = candidates.firstIndex(where: { $0.text == here }) else { return candidates }
        return [candidates[index]] + candidates[..<index] + candidates[(index + 1)...]
    }

    private func paths(_ context: CursorContext, foldersOnly: Bool) -> [Candidate] {
        let folder = context.typed.lastIndex(of: "/").map { String(context.typed[...$0]) } ?? ""
        let typed = context.typed.dropFirst(folder.count)
        let names = files.names(in: folder).filter { name in
            name.hasPrefix(typed) && (typed.hasPrefix(".") || !name.hasPrefix("."))
                && (!foldersOnly || name.hasSuffix("/"))
        }
        let found = names.map { Candidate(folder + $0, "", $0.hasSuffix("/") ? .folder : .file) }
        return quoted(found, context)
    }

    /// Quotes a text that would not be one word.
    private func quoted(_ candidates: [Candidate], _ context: CursorContext) -> [Candidate] {
        candidates.map { candidate in
            guard context.quote == nil, !context.isOfSystemShell,
                candidate.text.utf8.contains(where: { " \t;|(){}\"'$#".utf8.contains($0) })
            else {
                return candidate
            }
            return Candidate("'" + candidate.text + "'", candidate.description, candidate.kind)
        }
    }
}

/// The options that operations share.
enum CommonOption {
    static func options(_ command: Command) -> [Candidate] {
        var options = [
            Candidate("--or", "the value when the answer is 404", .option),
            Candidate("--timeout", "how long to wait for an answer", .option),
            Candidate("--retries", "how often to try again", .option),
            Candidate("--with_headers", "give body and headers", .option),
        ]
        if command.paging != nil { options.insert(Candidate("--all", "all pages", .option), at: 0) }
        let extras: [(Command.Extra, String, String)] = [
            (.presign, "--presign", "by presigned multipart"),
            (.from, "--from", "the body's file"), (.to, "--to", "a file for the answer"),
            (.body, "--body", "the whole body as a map"),
            (.lockMeOut, "--lock_me_out", "even where it takes your access"),
        ]
        for (extra, name, summary) in extras where command.extras.contains(extra) {
            options.append(Candidate(name, summary, .option))
        }
        return options
    }
}

extension Parameter {
    /// What a menu says of it as an option.
    fileprivate var optionSummary: String { summary.isEmpty ? type.shortDescription : summary }
}

extension ValueType {
    /// The type without null.
    var unwrapped: ValueType {
        if case .optional(let type) = self { type.unwrapped } else { self }
    }

    /// The schema of a value of this type, or nil.
    var record: RecordType? {
        if case .record(let record) = unwrapped { record } else { nil }
    }

    /// A word or two for a menu.
    var shortDescription: String {
        switch self {
        case .any: ""
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "string"
        case .secret: "secret"
        case .enumeration(let names): names.joined(separator: ", ")
        case .duration: "duration"
        case .bytes: "bytes"
        case .list(let type): type.shortDescription.isEmpty ? "list" : "list of \(type.shortDescription)"
        case .map: "map"
        case .record(let record): record.name.isEmpty ? "map" : record.name
        case .optional(let type): type.shortDescription
        }
    }
}
