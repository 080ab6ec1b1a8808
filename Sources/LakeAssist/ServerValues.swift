internal import LakeAPI
package import LakeScript

/// A cache of a server's values for completion, filled in the background by one request at a time.
///
/// The user never waits for a server. `values` returns what is cached and notes what is wanted; `begin` sends the
/// newest request if none is in flight; `receive` takes the answer. Requests that are no longer wanted are dropped. A
/// complete listing also answers for all longer prefixes.
package final class ServerValues: LiveValues {
    private let vocabulary: Vocabulary
    private let performer: any Performer
    private let now: () -> Instant
    private var cache: [Question: Entry] = [:]
    private var wanted: [Question] = []
    private var underWay: (id: EffectID, question: Question)?
    private var effectIDs: EffectIDs

    /// The lifetime of an answer in the cache.
    private static let lifetime = 30_000
    /// The time for which an error is shown before the server is asked again.
    private static let errorLifetime = 3_000
    private static let pageSize = 500

    /// One call of a listing.
    private struct Question: Hashable {
        let command: String
        /// Names and values, in order.
        let arguments: [String]
        let prefix: String
    }

    private struct Entry {
        let candidates: [Candidate]
        /// True if the listing is complete.
        let isWhole: Bool
        let error: String?
        let expires: Int
    }

    /// Makes a cache that sends its requests through the performer that also carries the effects of statements.
    package init(
        vocabulary: Vocabulary, performer: any Performer, effectIDs: EffectIDs = EffectIDs(),
        now: @escaping () -> Instant
    ) {
        self.vocabulary = vocabulary
        self.performer = performer
        self.effectIDs = effectIDs
        self.now = now
    }

    package func values(
        of role: Parameter.Role, for command: String, typed: String, arguments: [String: String]
    ) -> LiveAnswer {
        var found: [Candidate] = []
        var isLoading = false
        var error: String?
        var isAskable = false
        var isPart = false
        var missing: [Question] = []
        for listing in LiveListing.listings(of: role, for: command) {
            guard let question = question(listing, typed: typed, arguments: arguments) else { continue }
            isAskable = true
            guard let entry = entry(for: question) else {
                isLoading = true
                missing.append(question)
                continue
            }
            found += entry.candidates
            error = error ?? entry.error
            isPart = isPart || !entry.isWhole
        }
        wanted = missing.filter { $0 != underWay?.question }
        if !isAskable { return .unknown }
        if isLoading { return .loading(found) }
        if let error, found.isEmpty { return .failed(error) }
        return isPart ? .part(found) : .candidates(found)
    }

    /// Sends the wanted request if none is in flight.
    package func begin() {
        guard underWay == nil, !wanted.isEmpty else { return }
        let question = wanted.removeFirst()
        var arguments = Record()
        for index in stride(from: 0, to: question.arguments.count, by: 2) {
            arguments[question.arguments[index]] = .string(question.arguments[index + 1])
        }
        let signature = vocabulary[question.command]?.signature
        if !question.prefix.isEmpty { arguments["prefix"] = .string(question.prefix) }
        if signature?.parameter(named: "amount") != nil { arguments["amount"] = .int(ServerValues.pageSize) }
        if question.command == "list_objects" { arguments["delimiter"] = "/" }
        let id = effectIDs.next()
        underWay = (id, question)
        var call = OperationCall(command: question.command, arguments: arguments)
        // No retries: the user sees the error at once and can press TAB again.
        call.options[.retries] = 0
        performer.begin(id, Effect(.call(call), origin: .ofNoScript), now: now())
    }

    /// Takes the performer's events; returns true if they contain candidates.
    package func receive(_ events: [Event]) -> Bool {
        var hasNews = false
        for case .answer(let id, let answer) in events where id == underWay?.id {
            guard let question = underWay?.question else { continue }
            underWay = nil
            hasNews = true
            if let entry = entry(of: question, answer) { cache[question] = entry }
        }
        return hasNews
    }

    /// Cancels the request in flight, before a statement runs. Its answer is ignored.
    package func cancel() {
        wanted = []
        if let underWay { performer.cancel(underWay.id, now: now()) }
        underWay = nil
    }

    /// Forgets everything, because a statement has changed the server.
    package func forget() { cache = [:] }

    private func question(_ listing: LiveListing, typed: String, arguments: [String: String]) -> Question? {
        guard let signature = vocabulary[listing.command]?.signature else { return nil }
        var bound: [String] = []
        for need in listing.needs {
            let given = arguments["ref"] ?? arguments["branch"] ?? arguments["source_ref"]
            let value = need == "ref" ? given ?? someBranch(of: arguments["repository"]) : arguments[need]
            guard let value, !value.isEmpty else { return nil }
            bound += [need, value]
        }
        let takesPrefix = listing.prefix.map { signature.parameter(named: $0) != nil } ?? false
        return Question(command: listing.command, arguments: bound, prefix: takesPrefix ? typed : "")
    }

    /// A branch of a repository whose branches are known: `main`, or the first.
    private func someBranch(of repository: String?) -> String? {
        guard let repository else { return nil }
        let branches = Question(command: "list_branches", arguments: ["repository", repository], prefix: "")
        let names = cache[branches]?.candidates.map(\.text) ?? []
        return names.first { $0 == "main" } ?? names.first
    }

    /// Returns the answer to a request: its own, or the complete one for a shorter prefix.
    private func entry(for question: Question) -> Entry? {
        let time = now().milliseconds
        if let entry = cache[question], entry.expires > time { return entry }
        // A prefix that ends in a folder lists that folder, so a shorter prefix does not answer it.
        guard question.command != "list_objects" else { return nil }
        var prefix = question.prefix
        while !prefix.isEmpty {
            prefix.removeLast()
            let shorter = Question(command: question.command, arguments: question.arguments, prefix: prefix)
            if let entry = cache[shorter], entry.isWhole, entry.error == nil, entry.expires > time { return entry }
        }
        return nil
    }

    private func entry(of question: Question, _ answer: Answer) -> Entry? {
        let time = now().milliseconds
        switch answer {
        case .value(let value):
            let candidates = PageShape.lakeFS.items(of: value)?.compactMap { candidate(question.command, $0) } ?? []
            let isWhole = !PageShape.lakeFS.hasMore(after: value)
            return Entry(candidates: candidates, isWhole: isWhole, error: nil, expires: time + ServerValues.lifetime)
        case .failure(let failure), .inDoubt(let failure):
            return Entry(
                candidates: [], isWhole: false, error: failure.message, expires: time + ServerValues.errorLifetime)
        case .finished, .notSent: return nil
        }
    }

    private func candidate(_ command: String, _ item: Value) -> Candidate? {
        guard let listing = LiveListing.all[command], let name = item[listing.name].text else { return nil }
        var words = listing.describes.compactMap { item[$0].text }.filter { !$0.isEmpty && $0 != name }
        if let seconds = listing.time.flatMap({ item[$0].integer }) { words.append(now().age(of: seconds)) }
        let description = words.map(\.withShortID).joined(separator: "  ")
        let isFolder = item["path_type"] == "common_prefix"
        // The whole id of a commit would leave no room for its description.
        return Candidate(
            name, description.replacingLineEnds, isFolder ? .folder : .server, label: name.withShortID)
    }
}

extension Instant {
    /// The time since a moment, in its largest unit: `2 h ago`.
    fileprivate func age(of seconds: Int) -> String {
        let age = max(0, epochSeconds - seconds)
        let units = [(86_400 * 365, "y"), (86_400, "d"), (3600, "h"), (60, "min")]
        return units.first { $0.0 <= age }.map { "\(age / $0.0) \($0.1) ago" } ?? "now"
    }
}

extension String {
    /// The beginning of the id of a commit; any other text as it is.
    fileprivate var withShortID: String { utf8.count == 64 && allSatisfy(\.isHexDigit) ? String(prefix(8)) : self }

    /// The text with line ends replaced by blanks.
    fileprivate var replacingLineEnds: String { String(map { $0.isNewline ? " " : $0 }) }
}
