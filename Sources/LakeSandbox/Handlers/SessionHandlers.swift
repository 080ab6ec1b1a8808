import LakeScript

/// Logins, passwords, and other operations that need no login.
enum SessionHandlers {
    static let handlers: [String: Handler] = [
        "login": Handler(.open, checks: [], login),
        "get_auth_capabilities": Handler(.open, checks: [], getCapabilities),
        "forgot_password": Handler(.open, checks: [], forgotPassword),
        "update_password": Handler(.open, checks: [], updatePassword),
        "oauth_callback": Handler(.open, checks: [], oauthCallback),
    ]

    /// 0.90 removes a session of another kind first, even for wrong keys; its error is a bare string.
    private static let login: Rule = { state, exchange throws(Fault) in
        let isOld = state.profile.isOld
        let cleared = isOld ? [("Set-Cookie", "oidc_auth_session=; Path=/; Max-Age=0; HttpOnly")] : []
        guard let user = state.directory.user(of: exchange.field("access_key_id"), exchange.field("secret_access_key"))
        else {
            guard isOld else { throw .unauthenticated }
            return Reply(401, .json("Unauthorized"), headers: cleared)
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

    /// Issues a token for a user; returns it with the answer that contains it.
    static func token(
        of user: String, until end: Int, _ state: inout SandboxState, _ exchange: Exchange
    ) -> (token: String, answer: Reply) {
        let token = SessionToken.issue(
            for: user, now: exchange.seconds, end: end, key: state.signingKey, random: &state.random)
        return (token, .json(200, ["token": .string(token), "token_expiration": .int(end)]))
    }

    private static let getCapabilities: Rule = { state, _ throws(Fault) in
        var capabilities = Record([("invite_user", .bool(state.profile.canInvite))])
        if state.profile.isOld { capabilities["forgot_password"] = false }
        return .json(200, .map(capabilities))
    }

    /// Does not tell if the address is known; mail is never sent.
    private static let forgotPassword: Rule = { _, exchange throws(Fault) in
        guard MailAddress.parse(exchange.field("email")) != nil else { throw Fault(.invalid, "invalid email") }
        return .noContent
    }

    /// Always fails: valid tokens come only by mail.
    private static let updatePassword: Rule = { _, _ throws(Fault) in throw .unauthenticated }

    /// 0.90 redirects to its login page; 1.84 answers nothing without a remote login.
    private static let oauthCallback: Rule = { state, _ throws(Fault) in
        guard state.profile.isOld else { return Reply(200) }
        let page = Array("<a href=\"/auth/login\">Temporary Redirect</a>.\n\n".utf8)
        return Reply(
            307, .bytes(page, contentType: "text/html; charset=utf-8"), headers: [("Location", "/auth/login")])
    }
}
