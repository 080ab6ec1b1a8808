import LakeAPI
import LakeScript
import Testing

@testable import LakeAssist

struct SecretTextTests {
    private let engine = Assistant(
        vocabulary: Catalogue.vocabulary,
        metaCommands: [
            Signature("use", [Parameter("server")]), Signature("explain", [Parameter("line", role: .command)]),
        ])
    private static let key = "wJalrXUtnFEMIK7MDENG+bPxRfiCYEXAMPLEKEY"

    private static let kept: [String] = [
        "create_user ana", "get_object lake main tables/Customers/year_2024_month_12/Part-00001",
        "get_commit lake 8d11f0f6d8f5bb21cf5b2f5bb21cf5b28d11f0f6d8f5bb21cf5b2f5bb21cf5b2",
        "read_csv \"people.csv\" --require [\"id\", \"groups\"]", "as $key { get_current_user }",
        "get_url \"https://lakefs.example.com/a@b:c\"", "let count = 3", "use http://127.0.0.1:8000",
        "use \"http://127.0.0.1:18401\"", "let u = \"http://localhost:9000\"", "let u = 'https://[::1]:8443/api'",
        "print \"Bearer $token\"", "print \"curl -u admin http://a:80 and b: c\"", "get_user --timeout 5s ana",
        "def as_user(id: string, token: secret) { get_user $id }",
    ]

    @Test("what has no secret is kept", arguments: kept)
    func keeps(text: String) {
        let analysis = engine.analysis(of: text)
        #expect(!analysis.holdsSecret)
        #expect(analysis.secretRanges.isEmpty)
    }

    private static let secret: [(text: String, secrets: [String])] = [
        ("let key = create_credentials ana", []),
        ("login AKIAJSANDBOXAAAAAAAA hunter2", ["hunter2"]),
        ("login AKIAJSANDBOXAAAAAAAA 'hunter2", ["hunter2"]),
        ("explain login AKIAJSANDBOXAAAAAAAA hunter2", ["hunter2"]),
        ("as {access_key_id: \"AKIA\", secret_access_key: \"hunter2\"} { get_current_user }", ["hunter2"]),
        ("let password = 'hunter2'", ["hunter2"]),
        ("let pw = \"hunter2\"", ["hunter2"]),
        ("print \"Authorization: Bearer abcdefgh\"", ["Authorization: Bearer abcdefgh"]),
        ("print 'curl -u admin:hunter2 x'", ["curl -u admin:hunter2 x"]),
        ("print 'to http://a:80 and https://b:c@d'", ["to http://a:80 and https://b:c@d"]),
        ("print \"\(key)\"", [key]),
        ("get_usr \(key)", [key]),
        ("use https://ana:hunter2@lakefs.example.com", ["https://ana:hunter2@lakefs.example.com"]),
        ("use https://ana:hunter", ["https://ana:hunter"]),
        ("get_url \"https://b/k?Expires=1&X-Amz-Signature=5ec\"", ["https://b/k?Expires=1&X-Amz-Signature=5ec"]),
        // An option before positional arguments does not shift them.
        ("update_password --timeout 5s tok3n hunter2secret", ["tok3n", "hunter2secret"]),
        ("login --timeout 5s AKIAJSANDBOXAAAAAAAA hunter2", ["hunter2"]),
        ("login --retries=2 AKIAJSANDBOXAAAAAAAA hunter2 --with_headers", ["hunter2"]),
        // Arguments behind an error are not bound, or cannot be parsed.
        ("login --timeot 5s AKIAJSANDBOXAAAAAAAA hunter2", ["AKIAJSANDBOXAAAAAAAA", "hunter2"]),
        ("login AKIAJSANDBOXAAAAAAAA hun$ter2", ["hun$ter2"]),
        ("login AKIAJSANDBOXAAAAAAAA hunter2\"x", ["hunter2\"x"]),
        ("login AKIAJSANDBOXAAAAAAAA --secret_access_key=hun$ter2", ["hun$ter2"]),
        ("login AK\"IA\" hunter2", ["AK\"IA\" hunter2"]),
        ("login(AKIAJSANDBOXAAAAAAAA, hunter2)", ["(AKIAJSANDBOXAAAAAAAA, hunter2)"]),
        // Calls are known even if the tree has no node for them.
        ("print (login AKIAJSANDBOXAAAAAAAA hunter2", ["hunter2"]),
        ("step \"x\" { login AKIAJSANDBOXAAAAAAAA hunter2", ["hunter2"]),
        ("let = (login AKIAJSANDBOXAAAAAAAA hunter2)", ["AKIAJSANDBOXAAAAAAAA hunter2)"]),
        ("def as_user(id, key: secret) { get_user $id }; as_user ana hunter2", ["hunter2"]),
        ("get_user ana # \(key)", [key]),
    ]

    @Test("what takes or gives a secret is not kept, and its secrets are known", arguments: secret)
    func finds(text: String, secrets: [String]) {
        let analysis = engine.analysis(of: text)
        #expect(analysis.holdsSecret)
        #expect(analysis.secretRanges.map(analysis.string) == secrets)
    }
}
