/// Finds destructive operations whose target was read too early: before a `confirm`, which takes time, or before another
/// write in the same container.
///
/// It warns only where the order of the text is the order of the run. It ignores targets that are never read, and targets
/// whose names are computed in place.
struct TargetChecks {
    /// The target of an operation, as its roles and texts: `user=$name`.
    struct Target {
        let key: String
        /// The key of what the target lies in, whose listing shows it too.
        let outer: String?
        let container: String?
        /// True if the name of a version names it.
        let isVersion: Bool
    }

    /// A step that makes earlier reads of a target stale.
    struct Barrier {
        let order: Int
        let isConfirm: Bool
        let span: Span
    }

    private var order = 0
    private var reads: [String: Int] = [:]
    /// The listings by a version: a look at what lies in its entity, and not at that itself.
    private var versionListings: [String: Int] = [:]
    private var confirm: Barrier?
    private var writes: [String: Barrier] = [:]

    mutating func read(_ target: Target?, isListing: Bool) {
        guard let target else { return }
        order += 1
        if isListing, target.isVersion { versionListings[target.key] = order } else { reads[target.key] = order }
    }

    mutating func askedPerson(at span: Span) {
        order += 1
        confirm = Barrier(order: order, isConfirm: true, span: span)
    }

    mutating func wrote(_ target: Target?, at span: Span) {
        guard let container = target?.container else { return }
        order += 1
        writes[container] = Barrier(order: order, isConfirm: false, span: span)
    }

    /// Returns the step that made the last read of a target stale, if there is one.
    func barrier(before target: Target?) -> Barrier? {
        guard let target else { return nil }
        guard let read = reads[target.key] else {
            let looks = target.outer.flatMap { [reads[$0], versionListings[$0]].compactMap(\.self).max() }
            guard let read = looks, let confirm, confirm.order > read else { return nil }
            return confirm
        }
        return [confirm, target.container.flatMap { writes[$0] }].compactMap { $0 }.first { $0.order > read }
    }
}
