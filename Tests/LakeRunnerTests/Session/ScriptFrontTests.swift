import Glibc
import LakeScript
import Testing

@testable import LakeRunner

/// The files that a script can include; no line of a file that is not a script is ever shown.
struct ScriptFrontTests {
    private static let secret = "wJalrXUtnFEMIK7MDENG"

    /// A folder `runbooks` with a script, and beside it a file with a secret.
    private func inFolders(_ script: String, _ body: (_ work: String) throws -> Void) throws {
        let files = FileStore()
        let folder = try files.makeTemporaryFolder("lakesh-front")
        defer { files.removeFolder(folder) }
        let hidden = Array("credentials:\n  secret_access_key: \(Self.secret)\n".utf8)
        for path in ["home/.lakectl.yaml", "home/outside.lfs", "runbooks/inside.yaml"] {
            try files.write(hidden, to: "\(folder)/\(path)", isSecret: false, mayOverwrite: true)
        }
        try files.write(Array(script.utf8), to: folder + "/runbooks/a.lfs", isSecret: false, mayOverwrite: true)
        #expect(symlink("../home/outside.lfs", folder + "/runbooks/link.lfs") == 0)
        #expect(symlink("inside.yaml", folder + "/runbooks/renamed.lfs") == 0)
        #expect(symlink("../home", folder + "/runbooks/sub") == 0)
        #expect(mkfifo(folder + "/runbooks/pipe.lfs", 0o600) == 0)
        try body(folder + "/runbooks")
    }

    /// All that a check says, for people and for programs.
    private func said(of path: String) throws -> (codes: [String], text: String) {
        let script = ScriptFront.load(try ScriptFront.read(path), as: .file)
        #expect(script.program == nil)
        let diagnostics = script.diagnostics
        let renderer = DiagnosticRenderer(sources: script.sources, isStyled: false)
        let json = diagnostics.map { String(decoding: JSON.write(renderer.json($0), layout: .compact), as: UTF8.self) }
        return (diagnostics.map(\.code), renderer.render(diagnostics) + json.joined())
    }

    @Test(
        "a file that is no script, or lies outside, is refused without a word of it",
        arguments: ["run", "include"],
        [
            ("../home/.lakectl.yaml", "E0314"), ("../home/outside.lfs", "E0314"), ("link.lfs", "E0310"),
            ("inside.yaml", "E0321"), ("renamed.lfs", "E0310"), ("sub/outside.lfs", "E0310"), ("pipe.lfs", "E0310"),
            ("sub/outsid.lfs", "E0310"), ("/etc/passwd", "E0314"), ("./../home/outside.lfs", "E0314"),
            ("sub/../../home/outside.lfs", "E0314"),
        ])
    func refused(_ keyword: String, _ file: (name: String, code: String)) throws {
        try inFolders("\(keyword) \"\(file.name)\"\n") { work in
            let (codes, text) = try said(of: work + "/a.lfs")
            #expect(codes == [file.code], "\(text)")
            #expect(!text.contains(Self.secret) && !text.contains("secret_access_key"))
            #expect(!text.contains("did you mean"))
        }
    }

    @Test("scripts below the folder may be run, through links that stay inside, too")
    func allowed() throws {
        let runs = "run \"good.lfs\"\nrun \"lib/b.lfs\"\n"
        try inFolders(runs + "test \"t\" { run \"lib/b.lfs\"\nrun \"a.lfs\" }\n") { work in
            let files = FileStore()
            try files.write(Array("print a\n".utf8), to: work + "/lib/b.lfs", isSecret: false, mayOverwrite: true)
            #expect(symlink("lib/b.lfs", work + "/good.lfs") == 0)
            let checked = ScriptFront.load(try ScriptFront.read(work + "/a.lfs"), as: .file)
            #expect(checked.program != nil && checked.diagnostics.isEmpty)
        }
    }

    @Test("what a script runs has the fence of that script, in a test too")
    func nested() throws {
        try inFolders("test \"t\" { run \"lib/b.lfs\" }\n") { work in
            let text = Array("run \"../inner.lfs\"\nrun \"../../home/outside.lfs\"\n".utf8)
            let files = FileStore()
            try files.write(text, to: work + "/lib/b.lfs", isSecret: false, mayOverwrite: true)
            try files.write(Array("print a\n".utf8), to: work + "/inner.lfs", isSecret: false, mayOverwrite: true)
            #expect(try said(of: work + "/a.lfs").codes == ["E0314"])
        }
    }

    @Test("of a file named by a person that is no script the place is told, and no word", arguments: [true, false])
    func named(isLink: Bool) throws {
        try inFolders("") { work in
            let path = work + (isLink ? "/renamed.lfs" : "/inside.yaml")
            let (codes, text) = try said(of: path)
            #expect(codes == ["E0321"])
            #expect(text.contains("this is not an .lfs script") && text.contains(path + ":1:"))
            #expect(!text.contains(Self.secret) && !text.contains("credentials"))
        }
    }

    @Test(
        "a name, a first line, or that it is right makes a script of a file, whose lines are shown",
        arguments: [("x.lfs", "nothing here\n"), ("x", "#!/usr/bin/env lakesh\nnothing here\n")])
    func scripts(_ name: String, _ text: String) throws {
        try inFolders("") { work in
            try FileStore().write(Array(text.utf8), to: work + "/" + name, isSecret: false, mayOverwrite: true)
            #expect(try said(of: work + "/" + name).text.contains("| nothing here"))
            try FileStore().write(Array("print a\n".utf8), to: work + "/y", isSecret: false, mayOverwrite: true)
            let right = ScriptFront.load(try ScriptFront.read(work + "/y"), as: .file)
            #expect(right.program != nil && right.sources.texts[0].isScript)
        }
    }
}
