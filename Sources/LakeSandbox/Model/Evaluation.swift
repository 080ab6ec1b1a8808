import LakeScript

/// What a user's policies say of a requirement, decided as lakeFS does: a deny that matches wins over everything,
/// then one allow is enough, and what nobody allows is not allowed.
enum Verdict: Sendable, Equatable {
    case allowed
    /// Denied outright, by this action pattern of a policy.
    case denied(by: String)
    /// Nobody allowed these actions.
    case missing([String])
}

/// A user's policies, ready to be asked.
struct Evaluation: Sendable {
    let user: String
    let policies: [Policy]
    /// Whether conditions and lists of resources are understood (1.84).
    let isExtended: Bool
    /// What conditions look at: `SourceIp`.
    let context: [String: String]

    func verdict(on requirement: Requirement) -> Verdict {
        switch requirement {
        case .need(let permission): verdict(on: permission)
        case .all(let parts): verdict(onAll: parts)
        case .any(let parts): verdict(onAny: parts)
        }
    }

    /// Whether some statement allows the action on anything at all.
    func allowsSomewhere(_ action: String) -> Bool {
        policies.contains { policy in
            policy.statements.contains { rule in
                !rule.isDeny && rule.actions.contains { Glob.matches($0, action) }
            }
        }
    }

    /// The same without the statements that have conditions, which do not count when items of a list are chosen.
    var withoutConditions: Evaluation {
        let plain = policies.map { policy in
            var policy = policy
            policy.statements.removeAll { $0.condition?.isEmpty == false }
            return policy
        }
        return Evaluation(user: user, policies: plain, isExtended: isExtended, context: context)
    }

    private func verdict(onAll parts: [Requirement]) -> Verdict {
        for part in parts {
            let verdict = verdict(on: part)
            guard verdict == .allowed else { return verdict }
        }
        return .allowed
    }

    private func verdict(onAny parts: [Requirement]) -> Verdict {
        var isAllowed = false
        var missing: [String] = []
        for part in parts {
            switch verdict(on: part) {
            case .allowed: isAllowed = true
            case .denied(let pattern): return .denied(by: pattern)
            case .missing(let actions): missing += actions
            }
        }
        return isAllowed ? .allowed : .missing(missing)
    }

    private func verdict(on permission: Permission) -> Verdict {
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
        return isAllowed ? .allowed : .missing([permission.action])
    }

    /// What one statement says.
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

    /// The resources of a statement with the user's name put in for `${user}`, unescaped as in the real server.
    private func resources(of statement: Statement) -> [String] {
        let listed =
            isExtended && statement.resource.first == "["
            ? (try? JSON.read(Array(statement.resource.utf8)))?.items?.compactMap(\.text) ?? []
            : [statement.resource]
        return listed.map { $0.replacing("${user}", with: user) }
    }
}

extension Directory {
    /// The policies that count for a user, ready to be asked.
    func evaluation(for user: String, isExtended: Bool, context: [String: String]) -> Evaluation {
        let policies = effectivePolicies(of: user).keys.compactMap { self.policies[$0] }
        return Evaluation(user: user, policies: policies, isExtended: isExtended, context: context)
    }
}

extension String {
    /// The text with every occurrence of a piece replaced, compared by bytes.
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
