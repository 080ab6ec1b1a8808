internal import LakeAPI
package import LakeScript

/// Completion at the cursor.
extension Assistant {
    /// Returns the candidates at the cursor, an offset in the text's UTF-8.
    package func complete(_ text: String, cursor: Int) -> Completion {
        complete(analysis(of: text), cursor: cursor)
    }

    /// Returns the candidates at the cursor of an analysed text.
    package func complete(_ analysis: SourceAnalysis, cursor: Int) -> Completion {
        complete(CursorContext(analysis.upTo(cursor)))
    }

    /// Returns the candidates of a context.
    func complete(_ context: CursorContext) -> Completion {
        switch context.position {
        case .command(let isFirst):
            return Completion(context.range, matching(context.typed, commands(isFirst: isFirst)))
        case .variable: return Completion(context.range, matching(context.typed, variables(context)))
        case .field: return Completion(context.range, matching(context.typed, fields(context)))
        case .option: return Completion(context.range, matching(context.typed, options(context.call)))
        case .argument: return quoted(argument(context), context)
        case .none: return Completion(context.range)
        }
    }

    /// Keeps the candidates that begin with the typed text or, if there are none, those that contain it.
    private func matching(_ typed: String, _ candidates: [Candidate]) -> [Candidate] {
        let beginning = candidates.filter { $0.text.hasUTF8Prefix(typed) }
        guard beginning.isEmpty, typed.utf8.count >= 2 else { return beginning }
        return candidates.filter { $0.text.contains(typed) }
    }

    /// The candidates for the start of a statement; the shell's own commands only as the first word of the text.
    private func commands(isFirst: Bool) -> [Candidate] {
        let builtins = Builtins.all.map { Candidate($0.signature.name, $0.signature.summary, .command) }
        let own = definitions.map { Candidate($0, "your def", .command) }
        let keywords = Keyword.allCases.filter { !$0.summary.isEmpty }.map {
            Candidate($0.rawValue, $0.summary, .keyword)
        }
        let meta = isFirst ? metaCommands.map { Candidate($0.name, $0.summary, .meta) } : []
        return (own + operations + builtins + keywords + meta).sorted { $0.text < $1.text }
    }

    private var operations: [Candidate] {
        vocabulary.names.map { Candidate($0, vocabulary[$0]?.signature.summary ?? "", .command) }
    }

    /// The topics of `help`; operations and built-ins come with their summaries.
    private var topics: [Candidate] {
        let keywords = Keyword.allCases.map { Candidate($0.rawValue, $0.summary, .keyword) }
        let callable = commands(isFirst: false).filter { $0.kind == .command }
        return (articles + keywords + callable).sorted { $0.text < $1.text }
    }

    /// Returns the options of a call that are not given yet.
    private func options(_ call: CallContext?) -> [Candidate] {
        guard let call, !isMeta(call.signature.name) else { return [] }
        return (call.signature.parameters + call.options).filter { !call.given.contains($0.name) }.map {
            Candidate("--" + $0.name, $0.optionSummary, .option)
        }
    }

    /// True if the name is one of the shell's own commands; these parse their words themselves and have no options.
    private func isMeta(_ name: String) -> Bool { metaCommands.contains { $0.name == name } }

    /// Returns the candidates for an argument.
    private func argument(_ context: CursorContext) -> Completion {
        guard let call = context.call else { return Completion(context.range) }
        let isOfSystemShell = context.analysis == nil
        if let parameter = call.parameter {
            let completion = values(of: parameter, context, call)
            if !completion.candidates.isEmpty || completion.isLoading || !completion.message.isEmpty {
                return completion
            }
            if call.isDue, !isOfSystemShell {
                var nothing = Completion(context.range)
                nothing.message = "\(parameter.name): \(parameter.optionSummary)"
                return nothing
            }
        }
        guard !call.isTyping, context.typed.isEmpty else { return Completion(context.range) }
        return Completion(context.range, options(call))
    }

    private func values(of parameter: Parameter, _ context: CursorContext, _ call: CallContext) -> Completion {
        var completion = Completion(context.range)
        let type = parameter.type.unwrapped
        if case .enumeration(let names) = type {
            completion.candidates = matching(context.typed, names.map { Candidate($0, "", .value) })
        } else if type == .bool {
            completion.candidates = matching(context.typed, ["true", "false"].map { Candidate($0, "", .value) })
        } else {
            addNamed(parameter.role, context, call, to: &completion)
        }
        return completion
    }

    /// Adds the entities of a parameter's role: files, commands, entities of the server.
    private func addNamed(
        _ role: Parameter.Role, _ context: CursorContext, _ call: CallContext, to completion: inout Completion
    ) {
        switch role {
        case .file, .folder: completion.candidates = paths(context, foldersOnly: role == .folder)
        case .command: completion.candidates = matching(context.typed, commands(isFirst: true))
        case .topic: completion.candidates = matching(context.typed, topics)
        case .operation: completion.candidates = matching(context.typed, operations)
        case .profile: completion.candidates = matching(context.typed, profiles.map { Candidate($0, "", .value) })
        case .field: completion.candidates = matching(context.typed, pipedFields(call))
        case .plain: break
        case .repository where call.signature.name == "cd" && context.typed.contains("/"):
            addBranches(context, to: &completion)
        default:
            let answer =
                live?.values(
                    of: role, for: call.signature.name, typed: context.typed, arguments: placed(call.texts)) ?? .unknown
            add(answer, to: &completion) { found in
                let shown = hereFirst(matching(context.typed, found), role, typed: context.typed)
                // `cd` accepts a branch behind the repository.
                guard call.signature.name == "cd" else { return shown }
                return shown.map { Candidate($0.text + "/", $0.description, .folder) }
            }
        }
    }

    private func add(
        _ answer: LiveAnswer, to completion: inout Completion, _ shown: ([Candidate]) -> [Candidate]
    ) {
        switch answer {
        case .candidates(let found): completion.candidates = shown(found)
        case .part(let found):
            completion.candidates = shown(found)
            completion.isPart = true
        case .loading(let found):
            completion.candidates = shown(found)
            completion.isLoading = true
        case .failed(let message): completion.message = message
        case .unknown: break
        }
    }

    /// Adds branches for `cd lake/ma`: those of the typed repository, or of the current one behind `../`.
    private func addBranches(_ context: CursorContext, to completion: inout Completion) {
        guard let slash = context.typed.firstIndex(of: "/") else { return }
        let head = String(context.typed[...slash])
        let typed = String(context.typed[slash...].dropFirst())
        let repository = head == "../" ? location?.repository ?? "" : String(head.dropLast())
        let answer =
            live?.values(of: .branch, for: "cd", typed: typed, arguments: ["repository": repository]) ?? .unknown
        add(answer, to: &completion) { found in
            matching(typed, found).map { Candidate(head + $0.text, $0.description, $0.kind) }
        }
    }

    /// Returns the arguments; the current location fills in those that are missing or given by a variable.
    private func placed(_ words: [String: String]) -> [String: String] {
        guard let location, words["repository"] ?? location.repository == location.repository else { return words }
        var words = words
        words["repository"] = location.repository
        if let branch = location.branch, words["ref"] == nil, words["branch"] == nil, words["source_ref"] == nil {
            words["branch"] = branch
        }
        return words
    }

    /// Returns the candidates with the current repository or branch first, also if it is not among those that are known.
    private func hereFirst(_ candidates: [Candidate], _ role: Parameter.Role, typed: String) -> [Candidate] {
        let here: String? =
            switch role {
            case .repository: location?.repository
            case .branch, .ref, .commit: location?.branch
            default: nil
            }
        guard let here, here.hasUTF8Prefix(typed) else { return candidates }
        guard let index = candidates.firstIndex(where: { $0.text == here }) else {
            return [Candidate(here, "here", .server)] + candidates
        }
        return [candidates[index]] + candidates[..<index] + candidates[(index + 1)...]
    }

    private func paths(_ context: CursorContext, foldersOnly: Bool) -> [Candidate] {
        let folder = context.typed.lastIndex(of: "/").map { String(context.typed[...$0]) } ?? ""
        let typed = context.typed.dropFirst(folder.count)
        let names = files.names(in: folder).filter { name in
            name.hasPrefix(typed) && (typed.hasPrefix(".") || !name.hasPrefix("."))
                && (!foldersOnly || name.hasSuffix("/"))
        }
        return names.map { Candidate(folder + $0, "", $0.hasSuffix("/") ? .folder : .file) }
    }

    /// Writes names as words or strings of the language, in the quotes that were begun if they can stand there. The string
    /// of a folder stays open.
    private func quoted(_ completion: Completion, _ context: CursorContext) -> Completion {
        guard context.analysis != nil else { return completion }
        var completion = completion
        if context.quote != nil { completion.range = completion.range.lowerBound - 1..<completion.range.upperBound }
        completion.candidates = completion.candidates.map { candidate in
            let text = candidate.text
            let isName = [.server, .value, .file, .folder].contains(candidate.kind)
            guard isName, context.quote != nil || !text.isPlainWord else { return candidate }
            var literal = context.quote != "\"" && text.isRawText ? "'\(text)'" : text.quoted
            if candidate.kind == .folder { literal.removeLast() }
            return Candidate(literal, candidate.description, candidate.kind, label: candidate.label)
        }
        return completion
    }
}
