/// Checks that a script reads the target of a destructive operation right before it, and not before a step that takes
/// time or changes things: a `confirm`, or another write in the same repository.
///
/// It is simple on purpose: it warns only where the order of the text is the order of the run. It ignores targets that
/// are never read and targets whose names are computed in place.
struct TargetChecks {
    /// The target of an operation: `repository=lake branch=$branch`.
    struct Target {
        let key: String
        let repository: String?
    }

    /// A step that makes earlier reads of a target stale.
    struct Barrier {
        let order: Int
        let isConfirm: Bool
        let span: Span
    }

    /// The roles of parameters that name a target.
    static let roles: [Parameter.Role] = [.user, .group, .policy, .repository, .branch, .tag]

    private var order = 0
    private var reads: [String: Int] = [:]
    private var confirm: Barrier?
    private var writes: [String: Barrier] = [:]

    mutating func read(_ target: Target?) {
        guard let target else { return }
        order += 1
        reads[target.key] = order
    }

    mutating func askedPerson(at span: Span) {
        order += 1
        confirm = Barrier(order: order, isConfirm: true, span: span)
    }

    mutating func wrote(_ target: Target?, at span: Span) {
        guard let repository = target?.repository else { return }
        order += 1
        writes[repository] = Barrier(order: order, isConfirm: false, span: span)
    }

    /// Returns the step that made the last read of a target stale, if there is one.
    func barrier(before target: Target?) -> Barrier? {
        guard let target, let read = reads[target.key] else { return nil }
        return [confirm, target.repository.flatMap { writes[$0] }].compactMap { $0 }.first { $0.order > read }
    }
}
