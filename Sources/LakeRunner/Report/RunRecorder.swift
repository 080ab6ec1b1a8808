internal import LakeAPI
package import LakeScript

/// Records a run: it sees the begin and the answer of every effect, counts changes by step, and sends events to an
/// observer.
package final class RunRecorder: WrappingPerformer {
    package let inner: any Performer
    private let observer: any RunObserver
    private let terminal: Terminal
    /// The last moment that was seen.
    private var seenAt: Instant?
    /// The running steps by path.
    private var running: [ScopePath: (step: RunResult.Step, since: Instant)] = [:]
    /// The commands of pending calls.
    private var calls: [EffectID: String] = [:]
    /// Pending writes, with their scopes.
    private var writes: [EffectID: ScopePath] = [:]
    package private(set) var result = RunResult()

    package init(around inner: any Performer, observer: any RunObserver, terminal: Terminal) {
        self.inner = inner
        self.observer = observer
        self.terminal = terminal
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        leaveOutThinking(now)
        switch effect.kind {
        case .enter(let scope) where scope.kind == .step:
            running[scope.path] = (RunResult.Step(name: scope.name), now)
            observer.observe(.stepBegan(scope.name))
        case .leave(let scope, let outcome) where scope.kind == .step:
            end(scope.path, outcome, now)
        case .call(let call):
            if let operation = Catalogue[call.command], operation.effect != .read {
                writes[id] = effect.origin.scope
            }
            calls[id] = call.command
            observer.observe(.callBegan(call.command))
        case .builtin(let call) where call.builtin.performer == .network && call.builtin.effect() != .read:
            writes[id] = effect.origin.scope
        case .undo(let undo):
            result.undos.append(undo)
            observer.observe(.undone(undo))
        case .enter, .leave, .builtin, .show, .confirm, .timer: break
        }
        inner.begin(id, effect, now: now)
    }

    package func cancel(_ id: EffectID, now: Instant) {
        leaveOutThinking(now)
        inner.cancel(id, now: now)
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        leaveOutThinking(now)
        let events = inner.tick(now: now, ready: ready)
        for event in events {
            if case .answer(let id, let answer) = event, let command = calls.removeValue(forKey: id) {
                observer.observe(.callEnded(command))
                if case .value(let value) = answer { note(value, of: command, isWritten: writes[id] != nil) }
            }
            switch event {
            case .answer(let id, .value): countWrite(id)
            case .answer(let id, .failure(let failure)) where failure.hasChanged: countWrite(id)
            case .answer(let id, _): writes[id] = nil
            case .unchanged(let id): writes[id] = nil
            case .notice(_, let text):
                result.retries += 1
                observer.observe(.notice(text))
            case .remark(_, let text): observer.observe(.remark(text))
            case .progress(_, let done, let total): observer.observe(.progress(done: done, total: total))
            }
        }
        return events
    }

    /// Counts the items of a page, and keeps a new pair of keys, which the server does not give again.
    private func note(_ value: Value, of command: String, isWritten: Bool) {
        if let items = PageShape.lakeFS.items(of: value) {
            result.listed += items.count
            result.listings.insert(command)
            if !PageShape.lakeFS.hasMore(after: value) { result.endedListings += 1 }
        }
        if isWritten, IdentityForm.keys.identity({ value[$0].text }) != nil { result.newKeys.append(value) }
    }

    /// Excludes the time in which a question was open from the run's time, and from that of the steps that wait for the
    /// answer.
    private func leaveOutThinking(_ now: Instant) {
        let passed = now.milliseconds - (seenAt ?? now).milliseconds
        seenAt = now
        guard passed > 0, !terminal.questions.isEmpty else { return }
        result.thinking += passed
        for (path, known) in running where terminal.questions.contains(where: { $0.scope.isWithin(path) }) {
            running[path]?.since = known.since.advanced(by: passed)
        }
    }

    private func countWrite(_ id: EffectID) {
        guard let scope = writes.removeValue(forKey: id) else { return }
        result.changes += 1
        if let path = enclosingStep(of: scope) { running[path]?.step.changes += 1 }
    }

    /// The innermost running step around a scope.
    private func enclosingStep(of scope: ScopePath) -> ScopePath? {
        var segments = scope.segments
        while !segments.isEmpty {
            if running[ScopePath(segments)] != nil { return ScopePath(segments) }
            segments.removeLast()
        }
        return nil
    }

    private func end(_ path: ScopePath, _ outcome: Result<Value, Failure>, _ now: Instant) {
        guard let known = running.removeValue(forKey: path) else { return }
        var step = known.step
        step.milliseconds = now.milliseconds - known.since.milliseconds
        if case .failure(let failure) = outcome { step.failure = failure }
        result.steps.append(step)
        observer.observe(.stepEnded(step))
    }
}
