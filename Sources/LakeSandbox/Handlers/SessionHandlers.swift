import LakeScript

/// Logging in, passwords, and what can be done without having logged in.
enum SessionHandlers {
    static let handlers: [String: Handler] = [
        "login": login, "get_auth_capabilities": getCapabilities, "forgot_password": forgotPassword,
        "update_password": updatePassword, "oauth_callback": oauthCallback,
    ]

    /// 0.90 takes a session of another kind away first, even where the keys are wrong; its refusal is a bare string.
    private static func login(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let isOld = state.profile.isOld
        let cleared = isOld ? [("Set-Cookie", "oidc_auth_session=; Path=/; Max-Age=0; HttpOnly")] : []
        let key = exchange.body["access_key_id"].text ?? ""
        guard let user = state.directory.user(of: key, exchange.body["secret_access_key"].text ?? "") else {
            var refusal = isOld ? Refusal(401, body: .json("Unauthorized")) : .unauthenticated
            refusal.headers = cleared
            throw refusal
        }
        let end = exchange.seconds + SessionToken.duration
        var reply = token(of: user.id, until: end, &state, exchange)
        let cookie = SessionToken.cookie(of: reply.token)
        reply.answer.headers =
            cleared + [
                ("Set-Cookie", "internal_auth_session=\(cookie); Path=/; Max-Age=\(SessionToken.duration); HttpOnly")
            ]
        return reply.answer
    }

    /// A token for a user, and the answer that gives it.
    static func token(
        of user: String, until end: Int, _ state: inout SandboxState, _ exchange: Exchange
    ) -> (token: String, answer: Reply) {
        let token = SessionToken.issue(
            for: user, now: exchange.seconds, end: end, key: state.signingKey, random: &state.random)
        return (token, .json(200, ["token": .string(token), "token_expiration": .int(end)]))
    }

    private static func getCapabilities(_ state: inout SandboxState, _: Exchange) throws(Refusal) -> Reply {
        var capabilities = Record([("invite_user", .bool(state.profile.canInvite))])
        if state.profile.isOld { capabilities["forgot_password"] = false }
        return .json(200, .map(capabilities))
    }

    /// Tells nobody whether the address is known; mail is never sent.
    private static func forgotPassword(_: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        guard MailAddress.parse(exchange.body["email"].text ?? "") != nil else { throw Refusal(400, "invalid email") }
        return .noContent
    }

    /// Nobody has a token that would do: they come by mail only.
    private static func updatePassword(_: inout SandboxState, _: Exchange) throws(Refusal) -> Reply {
        throw .unauthenticated
    }

    /// 0.90 leads back to its login page; 1.84 has nothing to say without a remote login.
    private static func oauthCallback(_ state: inout SandboxState, _: Exchange) throws(Refusal) -> Reply {
        guard state.profile.isOld else { return Reply(200) }
        let page = Array("<a href=\"/auth/login\">Temporary Redirect</a>.\n\n".utf8)
        return Reply(
            307, .bytes(page, contentType: "text/html; charset=utf-8"), headers: [("Location", "/auth/login")])
    }
}
