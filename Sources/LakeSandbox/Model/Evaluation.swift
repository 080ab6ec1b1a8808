import LakeScript

/// Result of evaluating a permission as lakeFS does: a matching deny wins, then one allow is enough; else it is
/// missing.
enum Verdict: Sendable, Equatable {
    case allowed
    /// Denied by this action pattern of a policy.
    case denied(by: String)
    /// Not allowed by any policy.
    case missing
}

/// A user's policies and the context of their conditions.
struct Evaluation: Sendable {
    let user: String
    let policies: [Policy]
    /// True if conditions and lists of resources are supported (1.84).
    let isExtended: Bool
    /// Fields that conditions look at: `SourceIp`.
    let context: [String: String]

    /// Returns true if some statement allows the action on any resource.
    func allowsSomewhere(_ action: String) -> Bool {
        policies.contains { policy in
            policy.statements.contains { rule in
                !rule.isDeny && rule.actions.contains { Glob.matches($0, action) }
            }
        }
    }

    /// Copy without the statements that have conditions; those do not count when the items of a list are filtered.
    var withoutConditions: Evaluation {
        let plain = policies.map { policy in
            var policy = policy
            policy.statements.removeAll { $0.condition?.isEmpty == false }
            return policy
        }
        return Evaluation(user: user, policies: plain, isExtended: isExtended, context: context)
    }

    func verdict(on permission: Permission) -> Verdict {
        var isAllowed = false
        for policy in policies {
            for statement in policy.statements {
                switch effect(of: statement, on: permission) {
                case .none: break
                case .allow: isAllowed = true
                case .deny(let pattern): return .denied(by: pattern)
                }
            }
        }
        return isAllowed ? .allowed : .missing
    }

    /// Effect of a single statement.
    private enum Effect {
        case none, allow
        case deny(String)
    }

    private func effect(of statement: Statement, on permission: Permission) -> Effect {
        guard let pattern = statement.actions.first(where: { Glob.matches($0, permission.action) }) else {
            return .none
        }
        guard resources(of: statement).contains(where: { ARN.matches($0, permission.resource) }) else { return .none }
        if isExtended, let condition = statement.condition {
            switch Condition.holds(condition, in: context) {
            case true?: break
            case false?: return .none
            case nil: return .deny(pattern)
            }
        }
        return statement.isDeny ? .deny(pattern) : .allow
    }

    /// Returns the resources of a statement with the user's id in the place of `${user}`, unescaped as in the real
    /// server.
    private func resources(of statement: Statement) -> [String] {
        let listed =
            isExtended && statement.resource.first == "["
            ? (try? JSON.read(Array(statement.resource.utf8)))?.items?.compactMap(\.text) ?? []
            : [statement.resource]
        return listed.map { $0.replacing("${user}", with: user) }
    }
}

extension Directory {
    /// Returns the policies of a user, ready for evaluation.
    func evaluation(for user: String, isExtended: Bool, context: [String: String]) -> Evaluation {
        let policies = effectivePolicies(of: user).keys.compactMap { self.policies[$0] }
        return Evaluation(user: user, policies: policies, isExtended: isExtended, context: context)
    }
}

extension String {
    /// Returns the text with every occurrence of a piece replaced, compared by bytes.
    fileprivate func replacing(_ piece: String, with other: String) -> String {
        let (source, wanted) = (Array(utf8), Array(piece.utf8))
        guard source.count >= wanted.count, !wanted.isEmpty else { return self }
        var (result, place): ([UInt8], Int) = ([], 0)
        while place < source.count {
            if source[place...].starts(with: wanted) {
                result += Array(other.utf8)
                place += wanted.count
            } else {
                result.append(source[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
