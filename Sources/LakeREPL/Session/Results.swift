internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// A listing that was shown in part.
final class PartialListing {
    /// The items that are known.
    private(set) var items: [Value]
    /// The number of items that were shown.
    private(set) var shown = 0
    /// The statement that makes more items; nil if all are known.
    private(set) var rest: SuspendedListing?
    /// The failure that ended it.
    private(set) var failure: Failure?

    init(_ items: [Value], rest: SuspendedListing?) {
        self.items = items
        self.rest = rest
    }

    /// True if not all of its items were shown.
    var hasMore: Bool { shown < items.count || rest != nil }

    /// Takes what the statement made when it continued.
    func take(_ result: RunResult) {
        switch result.outcome {
        case .success(let value):
            items = value.items ?? items
            if !result.hasMore { rest = nil }
        case .failure(let failure): (rest, self.failure) = (nil, failure)
        }
    }

    /// Returns the next items to show.
    func next(_ count: Int) -> ArraySlice<Value> {
        defer { shown = min(items.count, shown + count) }
        return items[shown..<min(items.count, shown + count)]
    }
}

/// The last listing that was shown, for `more`.
struct LastListing {
    let typed: SourceAnalysis
    let type: ValueType
    /// The call, if the statement is one listing without `--after`.
    var call: String?
    /// The offset of the server's next page; nil if there is none, or if the statement is more than one listing.
    var next: String?
    /// The items, if they were handed out one by one.
    var listing: PartialListing?
    /// The commands of the listings.
    var commands: Set<String>
}

/// A result with a name.
struct NamedResult {
    let value: Value
    let type: ValueType
    /// The place of its statement in the recording; nil if it was not recorded.
    let place: Int?
    /// The listing that it is.
    let listing: PartialListing?
}

/// Results are shown so that they fit the window, kept as `$_`, `$_1`, …, and continued by `more`.
extension ReplSession {
    /// The number of results before the last one that keep a name.
    private static let remembered = 9

    /// The number of a listing's items that are shown at a time.
    var windowSize: Int { console.outputHeight.map { max(5, $0 - 4) } ?? .max }

    /// Shows a result on standard output, and returns it to be kept; nil for null. A new secret is shown this once,
    /// wherever it went but to a file, because the server never shows it again; so is a presigned address that was asked
    /// for.
    func show(
        _ value: Value, _ result: RunResult, of part: CheckedProgram, _ running: RunningText, recordedAt place: Int?
    ) -> NamedResult? {
        let type = part.resultType
        let listing = result.isListing ? PartialListing(value.items ?? [], rest: session.takeSuspended()) : nil
        let fresh = Set(result.newKeys.flatMap(\.secretTexts))
        let secrets = Set(value.secretTexts)
        let isAddress = running.typed.asksForAddress
        let isRevealed = isAddress || !secrets.isEmpty && secrets.isSubset(of: fresh)
        let call = running.page ?? part.main.statements.last.flatMap { running.typed.listing(at: $0.span) }
        if !value.isNull || !result.listings.isEmpty {
            shown = LastListing(
                typed: running.typed, type: type, call: call,
                next: call == nil ? nil : PageShape.lakeFS.next(after: value), listing: listing,
                commands: result.listings)
        }
        let visible = listing.map { .list(Array($0.next(windowSize))) } ?? value
        let presenter = presenter(revealsSecrets: isRevealed)
        write(presenter.show(visible, type: type), isSecret: isRevealed)
        showKeys(of: result, but: isRevealed ? secrets : [])
        sayFooter(visible, result)
        return value.isNull ? nil : NamedResult(value: value, type: type, place: place, listing: listing)
    }

    /// Shows new keys that the result did not show; nothing else keeps them.
    func showKeys(of result: RunResult, but shown: Set<String> = []) {
        guard !result.newKeys.isEmpty else { return }
        let presenter = presenter(revealsSecrets: true)
        for key in result.newKeys where !shown.isSuperset(of: key.secretTexts) {
            write(presenter.show(key), isSecret: true)
        }
        let which = result.newKeys.count == 1 ? "it" : "them"
        say(console.errorStyler(.dim, "shown once: lakeFS does not give \(which) again"))
    }

    private func presenter(revealsSecrets: Bool) -> ValuePresenter {
        var presenter = console.presenter(revealsSecrets: revealsSecrets, saysMore: false)
        presenter.isVertical = isVertical
        presenter.wayToAll = "`vertical on` shows all"
        return presenter
    }

    /// Writes a text, through a pager if it is taller than the window and not secret.
    private func write(_ text: String, isSecret: Bool) {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
        if mayPage, !isSecret, let height = console.outputHeight, lines >= height {
            if TerminalProgram.page(text, on: console.terminal) { return }
        }
        console.output.write(text)
    }

    /// Makes the results of a text `$_`, `$_1`, …, the last one `$_`; the older ones move on.
    func keep(_ new: [NamedResult]) {
        guard !new.isEmpty else { return }
        results = Array((new.reversed() + results).prefix(ReplSession.remembered + 1))
        for (age, result) in results.enumerated() {
            let value = result.listing.map { .list($0.items) } ?? result.value
            session.keep(value, as: ReplSession.resultName(age: age), type: result.type)
        }
    }

    /// The name of a result by its age: `_`, `_1`, `_2`, …
    static func resultName(age: Int) -> String { age == 0 ? "_" : "_\(age)" }

    /// Says the number of items, the time, and if more follow.
    private func sayFooter(_ value: Value, _ result: RunResult) {
        var parts = [count(of: value, result)].compactMap(\.self)
        if isTiming || result.milliseconds >= 300 { parts.append(Quantity.duration(result.milliseconds)) }
        let isLast = !value.isNull || !result.listings.isEmpty
        if isLast, shown?.next != nil || shown?.listing?.hasMore == true { parts.append("more shows what follows") }
        if !parts.isEmpty { say(console.errorStyler(.dim, parts.joined(separator: " · "))) }
    }

    /// The number of shown items, and of all as far as it is known: `20 users`, `20 of 3,001 users`, `20 of 1,000+
    /// users`; nil if the value is no list.
    private func count(of value: Value, _ result: RunResult) -> String? {
        guard let shown, let items = value.items ?? PageShape.lakeFS.items(of: value) else { return nil }
        let noun = Noun(of: shown, session.vocabulary)
        guard let listing = shown.listing else {
            if items.isEmpty { return "none" }
            let isPart = PageShape.lakeFS.hasMore(after: value)
            return isPart ? "\(Quantity.count(items.count))+ \(noun.plural)" : noun.counted(items.count)
        }
        let known = listing.items.count
        if known == 0, !listing.hasMore { return "none" }
        let isWhole = result.endedListings == 1 && result.listings.count == 1 && !listing.hasMore
        let all = isWhole ? max(known, result.listed) : known
        if listing.rest == nil, listing.shown == all, items.count == all { return noun.counted(all) }
        let first = listing.shown - items.count + 1
        let range =
            first > 1 ? "\(Quantity.count(first))-\(Quantity.count(listing.shown))" : Quantity.count(listing.shown)
        return "\(range) of \(Quantity.count(all))\(listing.rest == nil ? "" : "+") \(noun.plural)"
    }

    /// The command `more`: shows the next items of a listing that was shown in part, or the server's next page.
    func more() {
        if let last = shown, let call = last.call, let next = last.next {
            let text = SourceText(name: "<prompt>", text: "\(call) --\(PageShape.lakeFS.parameter)=\(next.quoted)")
            execute(text, showing: last.typed, pageOf: call)
            return
        }
        guard let last = shown, let listing = last.listing, listing.hasMore else {
            return fail(.shellState("there is no more: the last listing was shown whole"))
        }
        var result = RunResult()
        if listing.items.count - listing.shown < windowSize, let rest = listing.rest {
            cancelQuestions()
            result = session.resume(rest, to: listing.shown + windowSize)
            listing.take(result)
            if let failure = listing.failure { return fail(failure) }
        }
        let value = Value.list(Array(listing.next(windowSize)))
        console.output.write(presenter(revealsSecrets: false).show(value, type: last.type))
        sayFooter(value, result)
    }
}

/// The word for the items of a listing: `users` for those of `list_users`, `items` where it says nothing.
private struct Noun {
    let plural: String

    init(of shown: LastListing, _ vocabulary: Vocabulary) {
        let items = shown.type.fieldType(PageShape.lakeFS.items)
        let name = (items == .any ? shown.type : items).itemType.record?.name ?? ""
        guard shown.commands.count == 1, let command = shown.commands.first, !name.isEmpty,
            let listed = vocabulary[command]?.signature.result.fieldType(PageShape.lakeFS.items).itemType.record,
            listed.name == name
        else {
            plural = "items"
            return
        }
        plural = command.split(separator: "_").dropFirst().joined(separator: " ")
    }

    func counted(_ number: Int) -> String { Quantity.of(number, singular, plural: plural) }

    private var singular: String {
        if plural.hasSuffix("ies") { return plural.dropLast(3) + "y" }
        return String(plural.dropLast(plural.hasSuffix("ches") ? 2 : plural.hasSuffix("s") ? 1 : 0))
    }
}

extension SourceAnalysis {
    /// True if a call in it asks for presigned addresses.
    fileprivate var asksForAddress: Bool {
        calls.contains { call in
            call.values.contains { given in
                if case .constant(.bool(false)) = given.value.kind { false } else { given.parameter.name == "presign" }
            }
        }
    }

    /// Returns the listing that is the whole statement at a place and has no `--after`; nil for anything else.
    fileprivate func listing(at place: Span) -> String? {
        let own = tree.statements.first { $0.span.start == place.start && $0.span.end == place.end }
        let inside = calls.filter { place.start <= $0.name.span.start && $0.name.span.start < place.end }
        guard case .expression(let expression)? = own?.kind, case .call = expression.kind, inside.count == 1,
            inside[0].parameter(named: PageShape.lakeFS.parameter) != nil,
            !inside[0].values.contains(where: { $0.parameter.name == PageShape.lakeFS.parameter })
        else { return nil }
        let end = inside[0].arguments.last?.range.upperBound ?? Int(inside[0].name.span.end)
        return string(inside[0].range.lowerBound..<end)
    }
}
