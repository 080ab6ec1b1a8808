import Testing

@testable import LakeScript

/// Words of a command line, bound to a signature.
struct CommandLineBinderTests {
    private let binder = CommandLineBinder(
        Signature("run", [Parameter("file", role: .file), Parameter("rest", isRequired: false, isVariadic: true)]),
        options: [
            Parameter("yes", .bool, isRequired: false), Parameter("jobs", .int, default: 4),
            Parameter("people_file", isRequired: false), Parameter("wait", .duration, isRequired: false),
            Parameter("tag", .list(.string), isRequired: false), Parameter("label", .map(.int), isRequired: false),
            Parameter("token", .secret, isRequired: false),
            Parameter("layout", .enumeration(["table", "tree"]), isRequired: false),
        ])

    @Test func optionsAndPositionsMix() throws {
        let words = ["--yes", "a.lfs", "--jobs=8", "--people-file", "p.csv", "--wait", "30s"]
        let values = try binder.bind(words).get()
        #expect(values["file"] == "a.lfs")
        #expect(values["yes"] == true)
        #expect(values["jobs"] == 8)
        #expect(values["people_file"] == "p.csv")
        #expect(values["wait"] == .duration(30_000))
        #expect(values["tag"] == nil)
    }

    @Test func aDefaultIsFilledIn() throws {
        #expect(try binder.bind(["a.lfs"]).get()["jobs"] == 4)
    }

    @Test func listsAndMapsAreRepeated() throws {
        let values = try binder.bind(["a.lfs", "--tag", "x", "--tag=y", "--label", "a=1", "--label", "b=2"]).get()
        #expect(values["tag"] == ["x", "y"])
        #expect(values["label"] == ["a": 1, "b": 2])
    }

    @Test func aSwitchIsTurnedOff() throws {
        #expect(try binder.bind(["a.lfs", "--no-yes"]).get()["yes"] == false)
    }

    @Test func whatFollowsTwoDashesIsPositional() throws {
        let values = try binder.bind(["a.lfs", "--", "--yes", "-x"]).get()
        #expect(values["rest"] == ["--yes", "-x"])
        #expect(values["yes"] == nil)
    }

    @Test func aNegativeNumberAndADashAreNoOptions() throws {
        #expect(try binder.bind(["-", "-5"]).get()["file"] == "-")
    }

    @Test(
        arguments: [
            (["a.lfs", "--job", "3"], "unknown option `--job`", "did you mean `--jobs`?"),
            (["a.lfs", "--people_fil=x"], "unknown option `--people_fil`", "did you mean `--people-file`?"),
            (["a.lfs", "--jobs"], "--jobs takes an int", ""),
            (["a.lfs", "--jobs", "five"], "--jobs: `five` is not an int", "as 5, or 64KiB for a size"),
            (["a.lfs", "--jobs=1", "--jobs=2"], "--jobs is given twice", ""),
            (["a.lfs", "--layout", "tabel"], "--layout: `tabel` is not one of its values", "did you mean `table`?"),
            (["a.lfs", "--label", "a"], "--label takes KEY=VALUE, not `a`", ""),
            (["a.lfs", "--label", "a=1", "--label=a=2"], "--label is given the key `a` twice", ""),
            (["a.lfs", "--no-yes=1"], "--no-yes takes no value", ""),
            (["-x", "a.lfs"], "unknown option `-x`", ""),
            ([], "FILE missing", ""),
        ] as [([String], String, String)])
    func aMistakeIsNamed(words: [String], message: String, advice: String) {
        guard case .failure(let mistake) = binder.bind(words) else {
            Issue.record("bound: \(words)")
            return
        }
        #expect(mistake.message == message)
        #expect(mistake.advice == advice)
    }

    @Test func aSecretIsNeverReadFromTheCommandLine() {
        guard case .failure(let mistake) = binder.bind(["a.lfs", "--token", "abc"]) else {
            Issue.record("a secret was taken")
            return
        }
        #expect(mistake.message.contains("--token is a secret"))
        #expect(!mistake.message.contains("abc"))
    }

    @Test func aScriptsParamsHaveNoPositions() {
        let script = CommandLineBinder(
            Signature("a.lfs", [Parameter("branch"), Parameter("n", .int)]), positions: ArgumentBinder.Positions.none)
        guard case .failure(let mistake) = script.bind(["--n", "1"]) else {
            Issue.record("bound")
            return
        }
        #expect(mistake.message == "--branch missing")
    }
}
