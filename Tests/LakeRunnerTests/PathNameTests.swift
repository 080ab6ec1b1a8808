import LakeScript
import Testing

@testable import LakeRunner

/// Names in scripts that are not allowed in a path, or would change the address: nothing is sent, however they are
/// given.
struct PathNameTests {
    static let lines: [(String, String)] = [
        ("delete_user \"a%62\"", "user_id"), ("ensure delete_user \"a%62\"", "user_id"),
        ("print (get_user \"a%62\" --or null)", "user_id"),
        ("as (create_credentials admin) { delete_user \"a%62\" }", "user_id"),
        ("add_group_membership Admins \"a%62\"", "user_id"),
        ("ensure delete_group_membership \"Adm%69ns\" ab", "group_id"),
        ("print (get_branch lake \"ma%69n\").id", "branch"),
        ("print (list_branches \"la%6be\" --all | count)", "repository"),
        ("for branch in (list_branches \"la%6be\" --all) { print $branch.id }", "repository"),
        ("retry 2 every 1ms { get_branch lake \"ma%69n\" }", "branch"),
        ("ensure create_tag \"la%6be\" v1 main", "repository"), ("delete_branch lake \"..\"", "branch"),
        ("detach_policy_from_user \"..\" FSReadAll", "user_id"), ("delete_group \"\"", "group_id"),
    ]

    private static let prepared = """
        create_user ab
        create_repository lake "local://lake"
        let percent = "%"
        let dot = "."
        var nothing = ""

        """

    /// Returns the line with its name as a value that is known only at run time.
    private func late(_ line: String) -> String {
        line.replacing("%", with: "${percent}").replacing("\"..\"", with: "\"${dot}${dot}\"")
            .replacing("\"\"", with: "$nothing")
    }

    @Test("where the name is a literal, before the run", arguments: lines)
    func literals(_ line: String, _ parameter: String) {
        let script = ScriptFront.load(SourceText(name: "t.lfs", text: line), as: .file)
        let diagnostics = script.diagnostics
        #expect(diagnostics.filter { $0.severity == .error }.map(\.code) == ["E0518"])
        #expect(diagnostics.first?.message.contains(parameter) == true)
        #expect(script.program == nil)
    }

    @Test("else when it is called: it names its parameter, and everything stays as it is", arguments: lines)
    func values(_ line: String, _ parameter: String) throws {
        let failure = try RunBench(Self.prepared + late(line), consent: .everything).failure
        #expect(failure?.kind == .mistake)
        #expect(failure?.message.contains(parameter) == true, "\(failure?.message ?? "")")
        #expect(failure?.notes.contains("nothing was sent") == true)
        let after = try RunBench(
            Self.prepared + "try { \(late(line)) } catch error { print $error.message }\nget_user ab | get id",
            consent: .everything)
        #expect(after.value == "ab")
    }

    @Test("a tag with a `%` is made, read, listed, used as a ref and deleted as it is written")
    func tags() throws {
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            upload_object lake main a --content "1"
            let first = commit lake main first
            upload_object lake main a --content "2"
            let second = commit lake main second
            create_tag lake "a%62" $first.id
            ensure create_tag lake "a%62" $first.id
            create_tag lake ab $second.id
            assert (get_tag lake "a%62").commit_id == $first.id
            assert (get_commit lake "a%62").id == $first.id
            assert (get_object lake "a%62" a) == (get_object lake $first.id a)
            assert (diff_refs lake "a%62" main | get results | count) == 1
            assert (find_merge_base lake "a%62" main).base_commit_id == $first.id
            delete_tag lake "a%62"
            list_tags lake --all | get id
            """, consent: .everything)
        #expect(bench.value == ["ab"], "\(bench.failure?.message ?? "")")
    }
}

extension Questions.Consent {
    /// Consent to every question.
    fileprivate static var everything: Questions.Consent {
        var consent = Questions.Consent()
        consent.all = true
        return consent
    }
}
