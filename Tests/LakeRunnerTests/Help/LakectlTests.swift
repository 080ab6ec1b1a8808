import LakeAPI
import LakeScript
import Testing

@testable import LakeRunner

/// The article with the equivalents of lakectl's commands.
struct LakectlTests {
    /// The rows: the code in the first cell, and the second cell.
    private static let rows: [(lakectl: [String], lakesh: String)] = {
        let article = Article.all.first { $0.name == "lakectl" }
        let tables = article?.sections.flatMap(\.blocks).flatMap { block -> [[String]] in
            if case .table(_, let rows) = block { rows } else { [] }
        }
        return (tables ?? []).map { (code(in: $0[0]), $0[1]) }
    }()

    private static func code(in text: String) -> [String] {
        Markdown.spans(of: text).filter { $0.kind == .code }.map(\.text)
    }

    /// The lines of lakesh, without those for a system's shell.
    private static let lines = rows.filter { !$0.lakesh.hasPrefix("not in lakesh") }
        .flatMap { code(in: $0.lakesh) }.filter { !$0.hasPrefix("lakesh ") }

    @Test("each line of lakesh is correct", arguments: lines)
    func correct(_ line: String) {
        #expect(HelpTests.mistakes(in: line).isEmpty)
    }

    @Test("a command that lakesh has no line for says so, and why")
    func absent() {
        for row in LakectlTests.rows where LakectlTests.code(in: row.lakesh).isEmpty {
            #expect(row.lakesh.hasPrefix("not in lakesh: "), "\(row.lakectl)")
        }
    }

    /// Returns the words of a lakectl command without its arguments.
    private static func command(_ text: String) -> String {
        let words = text.split(separator: " ").prefix {
            !$0.hasPrefix("-") && !$0.contains(":") && $0.lowercased() == $0
        }
        return words.joined(separator: " ")
    }

    @Test("what the catalogue says of an operation's command of lakectl stands here with that operation")
    func catalogue() {
        for operation in Catalogue.all {
            guard let command = operation.lakectl.map(LakectlTests.command) else { continue }
            let rows = LakectlTests.rows.filter { $0.lakectl.contains { LakectlTests.command($0) == command } }
            #expect(rows.contains { $0.lakesh.contains(operation.name) }, "\(operation.name): \(command)")
        }
    }

    /// All commands of lakectl 1.84, including hidden ones, and of 0.90.
    private static let commands = """
        config doctor identity completion docs plugin repo_create repo_create-bare repo_delete repo_list show_commit log diff
        annotate commit merge cherry-pick find-merge-base branch_create branch_delete branch_list branch_reset branch_revert
        branch_show branch-protect_add branch-protect_delete branch-protect_list tag_create tag_delete tag_list tag_show
        fs_cat fs_download fs_ls fs_presign fs_rm fs_stage fs_stat fs_update-metadata fs_upload import local
        actions_runs_describe actions_runs_list actions_validate cat-hook-output gc_get-config gc_set-config gc_delete-config
        gc_prepare-async gc_check-async refs-dump refs-restore cat-sst usage auth_users_create auth_users_delete
        auth_users_list auth_users_credentials_create auth_users_credentials_delete auth_users_credentials_list
        auth_users_groups_list auth_users_policies_attach auth_users_policies_detach auth_users_policies_list
        auth_users_aws-iam_attach auth_users_aws-iam_detach auth_users_aws-iam_list auth_users_aws-iam_lookup
        auth_groups_create auth_groups_delete auth_groups_list auth_groups_members_add auth_groups_members_list
        auth_groups_members_remove auth_groups_policies_attach auth_groups_policies_detach auth_groups_policies_list
        auth_groups_acl_get auth_groups_acl_set auth_policies_create auth_policies_delete auth_policies_list auth_policies_show
        bisect abuse dbt ingest metastore
        """

    @Test("each command of lakectl is there")
    func complete() {
        let named = LakectlTests.rows.flatMap(\.lakectl)
        for word in LakectlTests.commands.split(whereSeparator: \.isWhitespace) {
            let command = "lakectl " + String(word.map { $0 == "_" ? " " : $0 })
            #expect(named.contains { $0 == command || $0.hasPrefix(command + " ") }, "\(command)")
        }
    }
}
