import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// The tests found in scripts.
@Suite struct TestPlanTests {
    private let folder: String

    init() throws {
        folder = try FileStore().makeTemporaryFolder("lakesh-plan")
    }

    private func plan(_ files: [String: String], filter: [String] = []) throws -> TestPlan {
        defer { FileStore().removeFolder(folder) }
        for (name, text) in files {
            try FileStore().write(Array(text.utf8), to: folder + "/" + name, isSecret: false, mayOverwrite: true)
        }
        return try TestPlan(paths: [folder, folder], filter: filter)
    }

    private static let files = [
        "b.lfs": "print 1\ntest \"second\" { assert true }\n\ntest \"Third\" { assert true }",
        "a.lfs": "test \"first\" { assert true }", "in/c.lfs": "print 2", "in/d.txt": "test",
    ]

    @Test("a folder's scripts are read in order, each once; a test knows its line")
    func order() throws {
        let plan = try plan(TestPlanTests.files)
        #expect(plan.cases.map(\.name) == ["first", "second", "Third"])
        #expect(plan.cases.map(\.line) == [1, 2, 4])
        #expect(plan.cases.map(\.number) == [0, 0, 1])
        #expect(plan.scripts == 3)
        #expect(!plan.findings.hasErrors)
    }

    @Test("a filter takes a part of a name, in small or capital letters; of several, one must be there")
    func filter() throws {
        let plan = try plan(TestPlanTests.files, filter: ["thi", "FIRST"])
        #expect(plan.cases.map(\.name) == ["first", "Third"])
        #expect(plan.cases.map(\.number) == [0, 1])
        #expect(plan.filteredOut == 1)
    }

    @Test("a script with a mistake is said, and has no tests")
    func mistake() throws {
        let plan = try plan(["a.lfs": "test \"first\" { nothing }", "b.lfs": "test \"second\" { assert true }"])
        #expect(plan.findings.hasErrors)
        #expect(plan.findings.diagnostics.map(\.code) == ["E0301"])
    }

    @Test("what is wrong in a script that another one runs is said once")
    func mistakeOfTwo() throws {
        let plan = try plan(["a.lfs": "run \"b.lfs\"", "b.lfs": "list_usrs\nlist_usrs"])
        let spans = plan.findings.diagnostics.map(\.span.start)
        #expect(spans == [0, 10])
    }

    @Test("a folder that is not there is said")
    func missing() {
        #expect(throws: Failure.self) {
            _ = try TestPlan(paths: ["/nowhere.lfs"], filter: [])
        }
    }
}
