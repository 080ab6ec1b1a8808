import Testing

@testable import LakeScript

struct ServerNeedTests {
    @Test(arguments: [
        "print 1", "let a = 1\ndef twice(n: int) { return $n * 2 }\nprint (twice $a)", "sleep 1s",
        "write_json \"a.json\" {a: 1}", "run \"plain.lfs\"", "include \"plain.lfs\"\nprint 1",
    ])
    func aScriptWithoutOperationsNeedsNoServer(text: String) throws {
        let checked = CheckedText(text, files: ["plain.lfs": "def three() { 3 }"])
        #expect(try #require(checked.program, "\(checked.lines)").needsServer == false)
    }

    @Test(arguments: [
        "create_user ana", "if 1 == 2 { create_user ana }", "def make() { create_user ana }\nprint 1",
        "ensure create_user ana", "run \"other.lfs\"", "include \"lib.lfs\"\nprint 1",
        "print (get_url \"http://127.0.0.1/a\")",
    ])
    func oneWithAnOperationAnywhereNeedsOne(text: String) throws {
        let files = ["other.lfs": "create_user ana", "lib.lfs": "def make() { create_user ana }"]
        let checked = CheckedText(text, files: files)
        #expect(try #require(checked.program, "\(checked.lines)").needsServer)
    }
}
