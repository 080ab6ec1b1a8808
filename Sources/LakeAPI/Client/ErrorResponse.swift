import LakeScript

/// An error response, and the failure that it becomes: what the server's words mean for this call, and what to do.
struct ErrorResponse {
    let response: HTTPResponse
    /// The operation that was answered: the call's own, or one on its behalf.
    let name: String
    let call: OperationCall
    let operation: Operation
    let credentials: Credentials?

    private var arguments: Record { call.arguments }

    func failure(_ server: KnownServer) -> Failure {
        if response.isForeign(to: operation) { return .foreign(response, to: operation, as: name) }
        if let refusal = PartialRefusal(response, of: call, operation) { return refusal.failure }
        if response.status == 501, operation.needsAccessControl {
            return server.unsupported(operation).explaining(response, to: name)
        }
        let words = response.words
        let (message, advice) = meaning(of: words)
        return .answered(message ?? ErrorResponse.bare(response, to: name), response, to: name, advice: advice)
    }

    /// The message about a response whose words have no meaning of their own.
    static func bare(_ response: HTTPResponse, to name: String) -> String {
        "`\(name)` answered \(response.status)" + (response.words.isEmpty ? "" : ": \(response.words)")
    }

    /// The message in words for people, nil if there is no better one than the server's; and advice.
    private func meaning(of words: String) -> (message: String?, advice: [String]) {
        if response.isUnknownRoute {
            let sentence = operation.releases.isEverywhere ? "" : ": \(operation.releases.sentence)"
            return ("this server does not know `\(operation.name)`\(sentence)", ["is the path of its address right?"])
        }
        if let sides = MergeSides(operation, arguments), sides.isConflict(response) { return sides.conflict }
        switch Failure.Kind(status: response.status, words) {
        case .notFound: return (absence(words), [])
        case .conflict: return (presence(words), adviceOnMemory)
        case .denied: return (refusal(words), adviceOnRights)
        case .unauthenticated: return (unknown, adviceOnKeys)
        default: return (response.status == 501 ? operation.meanings[501] : nil, [])
        }
    }

    /// The server may answer from its memory of a deleted thing.
    private var adviceOnMemory: [String] {
        guard case .existing(_, _, .some) = operation.ensure, response.status == 409 else { return [] }
        return ["one that was deleted a moment ago is remembered for some seconds: `ensure` waits for the end of it"]
    }

    private var adviceOnRights: [String] {
        guard response.status == 401 else { return [] }
        return ["the key is good, the right is missing; a right given just now takes up to 23 s to count"]
    }

    // MARK: Not there

    /// The sentence about what is missing, as far as words like `user not found`, `analytics: not found` tell it.
    private func absence(_ words: String) -> String? {
        let named = operation.parameters.filter {
            ErrorResponse.nouns[$0.role] != nil && arguments.given($0.name)?.text != nil
        }
        if let named = named.first(where: { words.hasPrefix((arguments.given($0.name)?.text ?? "") + ": not found") }) {
            return sentence(named)
        }
        if let role = ErrorResponse.nouns.first(where: { words.contains($0.value.word + " not found") })?.key,
            let named = named.first(where: { $0.role == role })
        {
            return sentence(named)
        }
        guard words.lowercased().hasSuffix("not found") else { return nil }
        let sentences = operation.parameters.filter { parameter in
            let isNamed =
                ErrorResponse.nouns[parameter.role] != nil || parameter.isRequired && parameter.place != .header
            return isNamed && parameter.role != .repository && arguments.given(parameter.name)?.text != nil
        }.map(sentence)
        return sentences.isEmpty ? nil : sentences.joined(separator: ", or ")
    }

    private struct Noun {
        /// As the server's messages spell it.
        let word: String
        let article: String
    }

    private static let nouns: [Parameter.Role: Noun] = [
        .user: Noun(word: "user", article: "no user has the id"),
        .group: Noun(word: "group", article: "no group has the id"),
        .policy: Noun(word: "policy", article: "no policy has the id"),
        .accessKey: Noun(word: "credentials", article: "the user has no key"),
        .repository: Noun(word: "repository", article: "there is no repository"),
        .branch: Noun(word: "branch", article: "there is no branch"),
        .tag: Noun(word: "tag", article: "there is no tag"),
        .ref: Noun(word: "ref", article: "nothing is called"),
        .commit: Noun(word: "commit", article: "there is no commit"),
        .path: Noun(word: "object", article: "there is no object"),
    ]

    private func sentence(_ parameter: OperationParameter) -> String {
        let name = parameter.name.map { $0 == "_" ? " " : String($0) }.joined()
        let article = ErrorResponse.nouns[parameter.role]?.article ?? "nothing has the \(name)"
        return "\(article) `\(arguments.given(parameter.name)?.text ?? "")`"
    }

    // MARK: There already, not allowed, not known

    private func presence(_ words: String) -> String? {
        guard words.lowercased().contains("already exists") || words.contains("not unique") else { return nil }
        if case .conflict = operation.ensure { return "`\(line)` is so already" }
        let name = arguments.given("id")?.text ?? arguments.given("name")?.text ?? ""
        return "`\(name)` exists already"
    }

    private func refusal(_ words: String) -> String {
        let who = credentials?.label ?? "nobody"
        if let action = words.split(separator: " ").first(where: { $0.contains(":") && !$0.hasSuffix(":") }) {
            let resource =
                operation.permission?.split(separator: " ").last.map { " on " + arguments.filling(String($0)) } ?? ""
            return "\(who) may not \(action)\(resource)"
        }
        guard words.hasPrefix("insufficient permissions"), let permission = operation.permission else {
            // The server refuses for another reason than the caller's rights: a protected branch, a kind of storage.
            return "the server refuses `\(operation.name)`: \(words)"
        }
        return "\(who) may not \(arguments.filling(permission))"
    }

    private var unknown: String {
        switch credentials {
        case .keys(let id, _): "the server does not know the key \(id), or its secret is another"
        case .token: "the server does not take the token: it has expired, or is another server's"
        case .cookie(let name, _):
            "the server does not take the session \(name): it has expired, or is another server's"
        case nil where typedKey != nil:
            "the server does not know the key \(typedKey ?? ""), or its secret is another"
        case nil: "the server wants to know who asks, and no keys were given"
        }
    }

    /// The key that the call itself tries: `login`.
    private var typedKey: String? { arguments.given(IdentityForm.keys.fields[0].name)?.text }

    private var adviceOnKeys: [String] {
        guard credentials == nil, typedKey == nil else { return [] }
        return [
            "set LAKECTL_CREDENTIALS_ACCESS_KEY_ID and LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY, or write ~/.lakectl.yaml"
        ]
    }

    /// The call with its path parameters, as a person types it.
    private var line: String {
        let values = operation.parameters.filter { $0.place == .path }.compactMap { arguments.given($0.name)?.text }
        return ([operation.name] + values).joined(separator: " ")
    }
}

extension Record {
    /// A template with the arguments of a call put in: `auth:CreateUser on user/{id}`.
    func filling(_ template: String) -> String {
        var text = ""
        for (index, part) in template.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                text += part
                continue
            }
            let name = String(part[..<end])
            text += (given(name) ?? given("body")?[name])?.text ?? "?"
            text += part[part.index(after: end)...]
        }
        return text
    }
}
