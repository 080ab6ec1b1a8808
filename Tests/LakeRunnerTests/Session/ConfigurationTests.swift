import LakeScript
import Testing

@testable import LakeRunner

struct ConfigurationTests {
    @Test(arguments: [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "/api/v1"),
        ("https://lakefs.example.com/", "https://lakefs.example.com", "/api/v1"),
        ("https://example.com/lakefs/api/v1/", "https://example.com", "/lakefs/api/v1"),
    ])
    func anAddressWithoutAPathGetsTheAPIs(text: String, origin: String, path: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.origin == origin)
        #expect(endpoint.basePath == path)
    }

    @Test(arguments: ["lakefs.example.com", "ftp://x", "https://", "https://key:secret@host", "https://a b"])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(throws: (any Error).self) { try Endpoint(text) }
    }

    @Test func theCommandLineComesBeforeTheEnvironment() throws {
        let environment = ["LAKECTL_SERVER_ENDPOINT_URL": "http://env", "HOME": "/nowhere"]
        #expect(try Configuration.load(server: "http://flag") { environment[$0] }.endpoint == "http://flag")
        #expect(try Configuration.load(server: nil) { environment[$0] }.endpoint == "http://env")
    }

    @Test func aTokenComesBeforeKeys() throws {
        let environment = [
            "LAKESH_TOKEN": "t", "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "k",
            "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "s",
        ]
        #expect(try Configuration.load(server: nil) { environment[$0] }.identity == ["token": .secret("t")])
    }

    @Test func aCookieNamesItsKind() throws {
        let environment = ["LAKESH_COOKIE": "saml_auth_session=abc"]
        #expect(
            try Configuration.load(server: nil) { environment[$0] }.identity == ["saml_auth_session": .secret("abc")])
    }

    @Test func blanksAndLineEndsAroundASettingAreNoPartOfIt() throws {
        let environment = [
            "LAKECTL_SERVER_ENDPOINT_URL": " http://env\r\n", "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "k\n",
            "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "s \n", "LAKECTL_CONFIG_FILE": "", "HOME": "/nowhere",
        ]
        let configuration = try Configuration.load(server: nil) { environment[$0] }
        #expect(configuration.endpoint == "http://env")
        #expect(
            configuration.identity == ["access_key_id": .secret("k"), "secret_access_key": .secret("s")]
                || configuration.identity == ["access_key_id": "k", "secret_access_key": .secret("s")])
    }

    @Test func aFileThatIsNamedMustBeThere() throws {
        let environment = ["LAKECTL_CONFIG_FILE": "/nowhere/lakectl.yaml"]
        let failure = #expect(throws: Failure.self) { try Configuration.load(server: nil) { environment[$0] } }
        #expect(failure?.message.contains("/nowhere/lakectl.yaml") == true)
    }
}
