import LakeScript
import Testing

@testable import LakeCLI

/// The words of `run` that are understood without the script.
struct RunWordsTests {
    @Test(
        "the script is the first word that is no option and no value of one of run's own",
        arguments: [
            ("a.lfs", "a.lfs"), ("--sandbox a.lfs", "a.lfs"), ("--server here a.lfs", "a.lfs"),
            ("--server=here a.lfs", "a.lfs"), ("--prepare b.lfs a.lfs", "a.lfs"), ("--fuel 10 --yes a.lfs", "a.lfs"),
            ("--confirm lake a.lfs --confirm main", "a.lfs"), ("a.lfs b.lfs", "a.lfs"), ("--other a.lfs", "a.lfs"),
            ("--no-sandbox a.lfs", "a.lfs"), ("--other=1 a.lfs", "a.lfs"), ("-- a.lfs", "a.lfs"),
            ("", nil), ("--server a.lfs", nil), ("--sandbox", nil), ("--server", nil),
        ])
    func file(_ words: String, _ file: String?) {
        #expect(RunWords(words.split(separator: " ").map(String.init)).file == file)
    }

    @Test(
        "the options of the target are found among those of the script",
        arguments: [
            ("a.lfs", [:]), ("a.lfs --sandbox", ["sandbox": true]), ("--sandbox a.lfs --who ana", ["sandbox": true]),
            ("a.lfs --who ana --server here --yes", ["server": "here"]), ("a.lfs --server=here", ["server": "here"]),
            ("a.lfs --like v0.90", ["like": "v0.90"]), ("a.lfs --no-sandbox", ["sandbox": false]),
            ("a.lfs --prepare --sandbox", [:]), ("a.lfs --like nothing", [:]), ("a.lfs --server", [:]),
        ] as [(String, [String: Value])])
    func target(_ words: String, _ target: [String: Value]) {
        var expected: [String: Value] = ["sandbox": false]
        expected.merge(target) { $1 }
        let found = RunWords(words.split(separator: " ").map(String.init)).target
        for name in ["server", "sandbox", "like", "storage"] where found[name] ?? false != expected[name] ?? false {
            Issue.record("\(name) is \(String(describing: found[name]))")
        }
    }
}
