/// Whether what a destroying operation relies on was looked at just before, or before something that takes time or
/// changes things: a `confirm`, or another write in the same repository.
///
/// Kept simple, so that it warns only where the order of the text is the order of the run. A target that is never read
/// is no matter of this; nor are targets whose names are computed in place.
struct TargetChecks {
    /// What an operation is about: `repository=lake branch=$branch`.
    struct Target {
        let key: String
        let repository: String?
    }

    /// Something after which a check no longer counts.
    struct Barrier {
        let order: Int
        let isConfirm: Bool
        let span: Span
    }

    /// The parameters that say what an operation is about.
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

    /// What lies between the last check of a target and now, if that is too much.
    func barrier(before target: Target?) -> Barrier? {
        guard let target, let read = reads[target.key] else { return nil }
        return [confirm, target.repository.flatMap { writes[$0] }].compactMap { $0 }.first { $0.order > read }
    }
}
