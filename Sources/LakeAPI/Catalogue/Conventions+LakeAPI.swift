package import LakeScript

/// The conventions of the lakeFS API that the language is told of.
extension Conventions {
    package static let lakeFS = {
        var conventions = Conventions()
        (conventions.page, conventions.address) = (.lakeFS, .lakeFS)
        (conventions.identities, conventions.foreignCommands) = (IdentityForm.all, Conventions.namesInOtherTools)
        return conventions
    }()
}

extension PageShape {
    package static let lakeFS = PageShape(
        items: "results", more: ["pagination", "has_more"], cursor: ["pagination", "next_offset"], parameter: "after")
}

extension AddressScheme {
    /// `lakefs://repository/ref/path`
    package static let lakeFS = AddressScheme(
        "lakefs", at: .repository,
        further: [
            ("ref", ["ref", "branch", "commit_id", "source_ref", "left_ref"]), ("path", ["path", "prefix"]),
        ])
}

extension IdentityForm {
    /// A pair of keys, as returned by `create_credentials`.
    package static let keys = IdentityForm(
        "a pair of keys (what create_credentials gives)",
        [Field("access_key_id", .string), Field("secret_access_key", .secret)])
    /// The token of a login.
    package static let token = IdentityForm("{token: …}", [Field("token", .secret)])
    /// The sessions of browsers, lakeFS's own first.
    package static let cookies = ["internal_auth_session", "oidc_auth_session", "saml_auth_session"].map {
        IdentityForm("a session cookie", [Field($0, .secret)])
    }
    package static let all = [keys, token] + cookies
}
