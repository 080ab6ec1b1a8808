/// Finds destructive operations whose target was not read just before, or not since something that takes time or makes
/// changes: a `confirm`, or another write in the same repository.
///
/// It is simple on purpose and warns only if the order of the text is the order of execution. A target that is never
/// read is not reported, nor is one whose name is computed in place.
struct TargetChecks {
    /// The target of an operation: `repository=lake branch=$branch`.
    struct Target {
        let key: String
        let repository: String?
    }

    /// A statement after which earlier reads no longer count.
    struct Barrier {
        let order: Int
        let isConfirm: Bool
        let span: Span
    }

    /// The roles of the parameters that identify a target.
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

    /// Returns the barrier between the last read of a target and the current statement, if there is one.
    func barrier(before target: Target?) -> Barrier? {
        guard let target, let read = reads[target.key] else { return nil }
        return [confirm, target.repository.flatMap { writes[$0] }].compactMap { $0 }.first { $0.order > read }
    }
}
