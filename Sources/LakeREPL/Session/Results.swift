internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The last listing that was shown, for `more`.
struct LastListing {
    let typed: SourceAnalysis
    let type: ValueType
    /// The offset of the server's next page; nil if there is none, or if the statement is more than one listing.
    var next: String?
}

/// A result with a name.
struct NamedResult {
    let value: Value
    let type: ValueType
    /// The place of its statement in the recording; nil if it was not recorded.
    let place: Int?
}

/// Results are shown so that they fit the window, kept as `$_`, `$_1`, …, and continued by `more`.
extension ReplSession {
    /// The number of results before the last one that keep a name.
    private static let remembered = 9

    /// Shows a result on standard output. A new secret is shown this once, even if it went into a variable, because the
    /// server never shows it again; so is a presigned address that was asked for.
    func show(_ value: Value, _ result: RunResult, recordedAt place: Int? = nil) {
        guard let shown else { return }
        let isNewSecret = shown.typed.givesNewSecret
        let isAddress = shown.typed.asksForAddress
        let presenter = console.presenter(revealsSecrets: isNewSecret || isAddress, saysMore: false)
        write(presenter.show(value, type: shown.type), isSecret: isNewSecret || isAddress)
        if !value.isNull { keep(NamedResult(value: value, type: shown.type, place: place)) }
        if isNewSecret, value.isNull { showVariables(givenBy: shown.typed, presenter) }
        if isNewSecret { say(console.errorStyler(.dim, "shown once: lakeFS does not give it again")) }
        self.shown?.next = nextPage(after: value, of: shown.typed)
        let line = footer(value, result)
        if !line.isEmpty { say(console.errorStyler(.dim, line)) }
    }

    /// Writes a text, through a pager if it is taller than the window and not secret.
    private func write(_ text: String, isSecret: Bool) {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
        if mayPage, !isSecret, let height = console.outputHeight, lines >= height {
            if TerminalProgram.page(text, on: console.terminal) { return }
        }
        console.output.write(text)
    }

    /// Makes a result `$_`; earlier ones become `$_1`, `$_2`, …
    private func keep(_ result: NamedResult) {
        results.insert(result, at: 0)
        if results.count > ReplSession.remembered + 1 { results.removeLast() }
        for (age, result) in results.enumerated() {
            session.keep(result.value, as: ReplSession.resultName(age: age), type: result.type)
        }
    }

    /// The name of a result by its age: `_`, `_1`, `_2`, …
    static func resultName(age: Int) -> String { age == 0 ? "_" : "_\(age)" }

    /// Shows new credentials that went into a variable.
    private func showVariables(givenBy typed: SourceAnalysis, _ presenter: ValuePresenter) {
        for statement in typed.tree.statements {
            guard case .binding(let name, _, _) = statement.kind else { continue }
            let script = session.load(SourceText(name: "<prompt>", text: "$" + name.text))
            if let read = script.program, case .success(let value) = session.run(script).outcome {
                write(presenter.show(value, type: read.resultType), isSecret: true)
            }
        }
    }

    /// The number of items, the time, and a hint if more follow.
    private func footer(_ value: Value, _ result: RunResult) -> String {
        var parts: [String] = []
        let page = PageShape.lakeFS.items(of: value)
        if (value.items ?? page)?.isEmpty == true {
            parts.append("none")
        } else if let count = value.items?.count {
            let isPart = result.hasMore || count >= result.listed
            parts.append(Quantity.count(count) + (isPart ? "" : " of \(Quantity.count(result.listed))"))
        }
        if isTiming || result.milliseconds >= 300 { parts.append(Quantity.duration(result.milliseconds)) }
        if result.hasMore || shown?.next != nil { parts.append("more shows what follows") }
        return parts.joined(separator: " · ")
    }

    /// The offset of the next page, if the statement is one listing and the server has more.
    private func nextPage(after value: Value, of typed: SourceAnalysis) -> String? {
        typed.listing == nil ? nil : PageShape.lakeFS.next(after: value)
    }

    /// The command `more`: shows the next items of a listing that was shown in part, or the server's next page.
    func more() {
        if let page = shown, let next = page.next, let listing = page.typed.listing {
            let end = listing.arguments.last?.range.upperBound ?? Int(listing.name.span.end)
            let call = page.typed.string(listing.range.lowerBound..<end)
            let text = SourceText(name: "<prompt>", text: "\(call) --\(PageShape.lakeFS.parameter)=\(next.quoted)")
            execute(text, showing: page.typed, isRecorded: true)
            return
        }
        serverValues.cancel()
        guard let result = session.more() else {
            return complain(.shellState("there is no more: the last listing was shown whole"))
        }
        switch result.outcome {
        case .success(let value): show(value, result)
        case .failure(let failure): fail(failure)
        }
    }
}

extension SourceAnalysis {
    /// True if a call in it returns a secret that lakeFS does not return again.
    fileprivate var givesNewSecret: Bool {
        calls.contains { $0.signature.result.fieldType("secret_access_key") == .secret }
    }

    /// True if a call in it asks for presigned addresses.
    fileprivate var asksForAddress: Bool {
        calls.contains { call in
            call.values.contains { given in
                if case .constant(.bool(false)) = given.value.kind { false } else { given.parameter.name == "presign" }
            }
        }
    }

    /// The listing that is the whole text and has no `--after`; nil for anything else.
    fileprivate var listing: BoundCall? {
        guard tree.statements.count == 1, case .expression(let expression) = tree.statements[0].kind,
            case .call = expression.kind, calls.count == 1,
            calls[0].parameter(named: PageShape.lakeFS.parameter) != nil,
            !calls[0].values.contains(where: { $0.parameter.name == PageShape.lakeFS.parameter })
        else { return nil }
        return calls[0]
    }
}
