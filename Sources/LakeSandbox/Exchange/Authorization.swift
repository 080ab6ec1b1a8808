extension Exchange {
    /// Lets the request go on if its user may do that.
    ///
    /// - Parameters:
    ///   - action: as policies name it: `fs:ReadObject`.
    ///   - resource: what it is done to, an ARN or `*`.
    /// - Throws: 401 with the imitated server's text.
    func authorize(_ action: String, _ resource: String, in state: SandboxState) throws(Refusal) {
        let need = Permission(action: action, resource: resource)
        try authorize(.need(need), in: state)
    }

    /// Lets the request go on if its user has that combination of permissions.
    func authorize(_ requirement: Requirement, in state: SandboxState) throws(Refusal) {
    }
}
