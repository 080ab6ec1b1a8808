import Testing

@testable import LakeScript

/// The two scripts that the language was made for.
struct RunbookTests {
    private static let onboarding = #"""
        #!/usr/bin/env lakesh
        # Onboard the people of a CSV file.

        param people_file = "$script_folder/people.csv"   # columns id, groups (separated by ";")
        param deliver_to = "keys"                         # folder for one JSON file a person, mode 0600

        let people = read_csv $people_file --require ["id", "groups"] --unique id

        for person in $people parallel 8 keep_going {
          step "onboard ${person.id}" {
            if (get_user $person.id --or null) == null {
              assert (list_user_credentials $person.id --all | count) == 0 "keys of a deleted ${person.id} would revive"
              create_user $person.id
            }
            for group in (split $person.groups ";") {
              ensure add_group_membership $group $person.id
            }
            if (list_user_credentials $person.id --all | count) == 0 {
              let key = create_credentials $person.id
              write_json "$deliver_to/${person.id}.json" $key
              retry 10 every 3s { as $key { assert (get_current_user).user.id == $person.id } }
            }
          }
        }
        """#

    private static let hardReset = #"""
        param repository
        param branch = "main"
        param good_commit

        let before = get_branch $repository $branch
        let target = get_commit $repository $good_commit
        if (diff_branch $repository $branch --amount 1).results != [] {
          fail "$branch has uncommitted changes, which would stay on top: commit them or reset_branch first"
        }

        confirm "Move $repository/$branch from ${before.commit_id} to ${target.id}?" --type $branch
        create_branch $repository "before-reset-${(now | format_time "%Y%m%dT%H%M%SZ")}" $before.commit_id
        assert (get_branch $repository $branch).commit_id == $before.commit_id "$branch moved while you decided"
        on_failure {
          if (get_branch $repository $branch).commit_id == $target.id {
            hard_reset_branch $repository $branch $before.commit_id
          }
        }
        hard_reset_branch $repository $branch $target.id
        assert (get_branch $repository $branch).commit_id == $target.id
        """#

    @Test(arguments: [onboarding, hardReset])
    func theRunbookIsCorrect(_ script: String) {
        #expect(CheckedText(script, name: "runbooks/r.lfs").lines == [])
    }

    @Test func aParamHasTheCommentOfItsLineAndItsDefaultsType() throws {
        let program = try #require(CheckedText(RunbookTests.onboarding, name: "runbooks/r.lfs").program)
        let parameter = try #require(program.parameters.first).parameter
        #expect(parameter.summary == "columns id, groups (separated by \";\")")
        #expect(parameter.type == .string)
        #expect(!parameter.isRequired)
        #expect(program.globals.map(\.name) == ["people_file", "deliver_to", "people"])
    }

    @Test func theScriptsFolderIsAConstant() throws {
        let program = try #require(CheckedText(RunbookTests.onboarding, name: "runbooks/r.lfs").program)
        #expect(program.parameters[0].defaultValue?.constantText == "runbooks/people.csv")
    }

    @Test func aWithoutDefaultParamIsARequiredString() throws {
        let program = try #require(CheckedText(RunbookTests.hardReset).program)
        #expect(program.parameters.map(\.parameter.isRequired) == [true, false, true])
    }

    @Test func argumentsStandInTheOrderOfTheSignature() throws {
        let script = "hard_reset_branch --ref abc --force lake main"
        let program = try #require(CheckedText(script).program)
        guard case .expression(let expression) = program.main.statements[0].kind,
            case .operation(let call) = expression.kind
        else {
            Issue.record("no operation")
            return
        }
        #expect(call.arguments.prefix(3).map { $0?.constantText } == ["lake", "main", "abc"])
        guard case .constant(let force)? = call.arguments[3]?.kind else {
            Issue.record("no constant")
            return
        }
        #expect(force == true)
    }
}
