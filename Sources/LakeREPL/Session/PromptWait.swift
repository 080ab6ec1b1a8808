package import LakeAssist
package import LakeRunner
package import LakeScript

/// The loop while a line is typed: one wait for the keyboard, the server's sockets and signals.
///
/// No machine runs here. What moves is completion's one question and whatever the performer does by itself.
package final class PromptWait {
    private let performer: any Performer
    private let waiter: any Waiter
    private let clock = Clock()
    private let signals = SignalPipe()
    /// The server's values for completion.
    package let values: ServerValues

    /// The wait of a shell on a connection.
    package init(_ connection: Connection, vocabulary: Vocabulary) {
        performer = connection.operations
        waiter = connection.waiter
        let clock = clock
        values = ServerValues(vocabulary: vocabulary, performer: connection.operations) { clock.now() }
    }

    /// Lets things go on until a descriptor is ready, something came that shows, or the time has passed.
    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> Wakeup {
        var wakeup = Wakeup()
        values.begin()
        var waits = performer.waits()
        waits.descriptors += descriptors + [signals.descriptor].compactMap(\.self)
        let until = waits.deadline.map { max(0, $0.milliseconds - clock.now().milliseconds) }
        let ready = waiter.wait(for: waits.descriptors, milliseconds: [until, milliseconds].compactMap(\.self).min())
        let events = performer.tick(now: clock.now(), ready: ready)
        wakeup.ready = ready.filter(descriptors.contains)
        wakeup.hasNews = values.receive(events)
        for case .notice(_, let text) in events { wakeup.notices.append("! " + text) }
        while let signal = signals.next() {
            // ^C is a key here; an interrupt from elsewhere finds nothing that it could interrupt.
            if signal == .terminate { wakeup.isTerminated = true }
        }
        return wakeup
    }

    /// Ends what completion has under way, so that a statement has the performer for itself. Never takes longer than a
    /// moment: reads are given up at once.
    package func drain() {
        values.cancel()
        var rounds = 0
        while values.isBusy, rounds < 20 {
            _ = values.receive(performer.tick(now: clock.now(), ready: []))
            if values.isBusy { _ = waiter.wait(for: performer.waits().descriptors, milliseconds: 10) }
            rounds += 1
        }
    }
}
