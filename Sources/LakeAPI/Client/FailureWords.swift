import LakeScript

/// Words for people about answers that are no success: what was not there, what is not allowed, whose server this is.
struct FailureWords {
    let operation: Operation
    let arguments: Record
    let credentials: Credentials?

    /// The failure with a message that says what the server's words mean for this call, and what to do.
    func improved(_ failure: Failure, words: String) -> Failure {
        var failure = failure
        switch failure.kind {
        case .notFound: failure.message = absence(words) ?? failure.message
        case .conflict:
            failure.message = presence(words) ?? failure.message
            // The server answers from a memory that outlives what it remembers.
            if case .existing(_, _, _, .some) = operation.ensure, failure.status == 409 {
                failure.notes.insert(
                    "one that was deleted a moment ago is remembered for some seconds: `ensure` waits for the end of it",
                    at: 0)
            }
        case .denied:
            failure.message = refusal(words)
            if failure.status == 401 {
                failure.notes.insert(
                    "the key is good, the right is missing; a right given just now takes up to 23 s to count", at: 0)
            }
        case .unauthenticated:
            failure.message = unknown
            failure.notes.insert(contentsOf: adviceOnKeys, at: 0)
        case .operation, .assertion, .fail, .timeout, .mistake, .inDoubt, .cancelled, .declined: break
        }
        if failure.status == 501, let meaning = operation.meanings[501] { failure.message = meaning }
        if words == "invalid API endpoint" {
            let sentence = operation.releases.isEverywhere ? "" : ": \(operation.releases.sentence)"
            failure.message = "this server does not know `\(operation.name)`\(sentence)"
        }
        return failure
    }

    // MARK: Not there

    /// What is missing, as far as the server's words tell it: `user not found`, `analytics: not found`, `not found`.
    private func absence(_ words: String) -> String? {
        let named = operation.parameters.filter { nouns[$0.role] != nil && arguments.given($0.name)?.text != nil }
        if let named = named.first(where: { words.hasPrefix((arguments.given($0.name)?.text ?? "") + ": not found") }) {
            return sentence(named)
        }
        if let role = nouns.first(where: { words.contains($0.value.word + " not found") })?.key,
            let named = named.first(where: { $0.role == role })
        {
            return sentence(named)
        }
        guard words == "not found" || words == "Not Found" else { return nil }
        let sentences = operation.parameters.filter { parameter in
            let isNamed = nouns[parameter.role] != nil || parameter.isRequired && parameter.place != .header
            return isNamed && parameter.role != .repository && arguments.given(parameter.name)?.text != nil
        }.map(sentence)
        return sentences.isEmpty ? nil : sentences.joined(separator: ", or ")
    }

    private struct Noun {
        /// As the server's messages spell it.
        let word: String
        let article: String
    }

    private let nouns: [Parameter.Role: Noun] = [
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
        let article = nouns[parameter.role]?.article ?? "nothing has the \(name)"
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
            let resource = operation.permission?.split(separator: " ").last.map { " on " + filled(String($0)) } ?? ""
            return "\(who) may not \(action)\(resource)"
        }
        guard words.hasPrefix("insufficient permissions"), let permission = operation.permission else {
            return "\(who) may not `\(operation.name)`: \(words)"
        }
        return "\(who) may not \(filled(permission))"
    }

    private var unknown: String {
        switch credentials {
        case .keys(let id, _): "the server does not know the key \(id), or its secret is another"
        case .token: "the server does not take the token: it has expired, or is another server's"
        case .cookie(let name, _):
            "the server does not take the session \(name): it has expired, or is another server's"
        case nil: "the server wants to know who asks, and no keys were given"
        }
    }

    private var adviceOnKeys: [String] {
        guard credentials == nil else { return [] }
        return [
            "set LAKECTL_CREDENTIALS_ACCESS_KEY_ID and LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY, or write ~/.lakectl.yaml"
        ]
    }

    /// A template with the call's arguments put in: `auth:CreateUser on user/{id}`.
    func filled(_ template: String) -> String {
        var text = ""
        for (index, part) in template.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                text += part
                continue
            }
            text +=
                (arguments.given(String(part[..<end])) ?? arguments.given("body")?[String(part[..<end])])?.text ?? "?"
            text += part[part.index(after: end)...]
        }
        return text
    }

    /// The call as it was written, required arguments only.
    private var line: String {
        let values = operation.parameters.filter { $0.place == .path }.compactMap { arguments.given($0.name)?.text }
        return ([operation.name] + values).joined(separator: " ")
    }
}
