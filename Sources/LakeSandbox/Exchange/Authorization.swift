import LakeAPI

extension Exchange {
    /// Lets the request go on if its user may do that: an action as policies name it (`fs:ReadObject`) on an ARN or `*`.
    ///
    /// Else 401 with the imitated server's text, also where nobody has logged in.
    func authorize(_ action: String, _ resource: String, in state: SandboxState) throws(Refusal) {
        try authorize(.need(action, resource), in: state)
    }

    /// Lets the request go on if its user has that combination of permissions.
    func authorize(_ requirement: Requirement, in state: SandboxState) throws(Refusal) {
        let user = try requireUser()
        guard state.profile.accessControl != .single else { return }
        switch evaluation(of: user, in: state).verdict(on: requirement) {
        case .allowed: return
        case .denied(let pattern): throw refusal(state, "denied permission to " + pattern)
        case .missing(let actions): throw refusal(state, "not allowed to " + actions.joined(separator: ","))
        }
    }

    /// Lets a listing go on, and says which items its user may see.
    ///
    /// 0.90 asks once, for all; 1.84 lets everybody list who is allowed the action on anything, and filters.
    func authorizeListing(
        _ action: String, in state: SandboxState
    ) throws(Refusal) -> @Sendable (_ resource: String) -> Bool {
        let user = try requireUser()
        switch state.profile.accessControl {
        case .single: return { _ in true }
        case .builtIn:
            try authorize(action, "*", in: state)
            return { _ in true }
        case .lists, .remote:
            let evaluation = evaluation(of: user, in: state).withoutConditions
            guard self.evaluation(of: user, in: state).allowsSomewhere(action) else {
                throw Refusal(401, "insufficient permissions")
            }
            return { evaluation.verdict(on: .need(action, $0)) == .allowed }
        }
    }

    /// The user, who must have logged in.
    @discardableResult
    func requireUser() throws(Refusal) -> String {
        guard let user else { throw .unauthenticated }
        return user
    }

    private func evaluation(of user: String, in state: SandboxState) -> Evaluation {
        state.directory.evaluation(
            for: user, isExtended: !state.profile.isOld, context: ["SourceIp": request.sourceAddress])
    }

    private func refusal(_ state: SandboxState, _ detail: String) -> Refusal {
        Refusal(401, state.profile.isOld ? "insufficient permissions" : "insufficient permissions: " + detail)
    }
}

extension HTTPRequest {
    /// Where a request comes from, as proxies tell it; else this machine.
    fileprivate var sourceAddress: String {
        let forwarded = header("X-Forwarded-For")?.split(separator: ",").first.map(String.init)
        let address = forwarded ?? header("X-Real-IP") ?? "127.0.0.1"
        return address.filter { !$0.isWhitespace }
    }
}
