import LakeAPI
import LakeScript

extension Exchange {
    /// Checks that the user has all of some permissions, in their order.
    ///
    /// `{name}` in a resource stands for an argument of the request, or for one of `arguments`, which take precedence.
    ///
    /// - Throws: 401 with the imitated server's text, also without a login.
    func authorize(
        _ permissions: [Permission], with arguments: Value = .null, in state: SandboxState
    ) throws(Fault) {
        let user = try requireUser()
        guard profile.accessControl != .single, !permissions.isEmpty else { return }
        let evaluation = evaluation(of: user, in: state)
        for permission in permissions {
            switch evaluation.verdict(on: permission.filled { arguments[$0].text ?? argument($0) }) {
            case .allowed: continue
            case .denied(let pattern): throw insufficientPermissions(": denied permission to " + pattern)
            case .missing: throw insufficientPermissions(": not allowed to " + permission.action)
            }
        }
    }

    /// Checks that the user may list something and returns a filter for its items.
    ///
    /// 0.90 asks once for all items. 1.84 wants the action to be allowed on any resource, and filters.
    func authorizeListing(
        _ permission: Permission, in state: SandboxState
    ) throws(Fault) -> @Sendable (_ resource: String) -> Bool {
        let user = try requireUser()
        switch profile.accessControl {
        case .single: return { _ in true }
        case .builtIn:
            try authorize([permission], in: state)
            return { _ in true }
        case .lists, .remote:
            let evaluation = evaluation(of: user, in: state)
            guard evaluation.allowsSomewhere(permission.action) else {
                throw Fault(.unauthorized, "insufficient permissions")
            }
            let unconditional = evaluation.withoutConditions
            return { unconditional.verdict(on: Permission(permission.action, $0)) == .allowed }
        }
    }

    /// Returns the user.
    ///
    /// - Throws: 401 without a login.
    @discardableResult
    func requireUser() throws(Fault) -> String {
        guard let user else { throw .unauthenticated }
        return user
    }

    /// Returns an argument of the path, the query or the body (`copy_source.path` for a field of a field), wherever the
    /// name is found first; else an empty text.
    private func argument(_ name: String) -> String {
        path[name] ?? query[name]?.text ?? name.split(separator: ".").reduce(body) { $0[String($1)] }.text ?? ""
    }

    private func evaluation(of user: String, in state: SandboxState) -> Evaluation {
        state.directory.evaluation(
            for: user, isExtended: !profile.isOld, context: ["SourceIp": request.sourceAddress])
    }

    private func insufficientPermissions(_ detail: String) -> Fault {
        Fault(.unauthorized, "insufficient permissions" + (profile.isOld ? "" : detail))
    }
}

extension HTTPRequest {
    /// Address of the client as proxies report it; else this machine.
    fileprivate var sourceAddress: String {
        let forwarded = header("X-Forwarded-For")?.split(separator: ",").first.map(String.init)
        let address = forwarded ?? header("X-Real-IP") ?? "127.0.0.1"
        return address.filter { !$0.isWhitespace }
    }
}
