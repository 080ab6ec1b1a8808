import Testing

@testable import LakeScript

/// One planted mistake a script: exactly one message, with its code.
struct MistakeTests {
    @Test(arguments: names + calls + types + flow)
    func aMistakeIsFoundOnce(_ mistake: Mistake) {
        let checked = CheckedText(mistake.script, files: MistakeTests.files)
        #expect(checked.codes == [mistake.code], "\(mistake.script)\n\(checked.lines)")
        #expect(checked.program == nil)
    }

    @Test(arguments: warnings)
    func aWarningIsGivenOnceAndTheScriptRuns(_ mistake: Mistake) {
        let checked = CheckedText(mistake.script)
        #expect(checked.codes == [mistake.code], "\(mistake.script)\n\(checked.lines)")
        #expect(checked.program != nil)
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let code: String
        let script: String

        init(_ code: String, _ script: String) {
            self.code = code
            self.script = script
        }

        var testDescription: String { script }
    }

    static let files = [
        "lib.lfs": "def greet(name) { print \"hello $name\" }",
        "cycle.lfs": "include \"cycle.lfs\"",
        "doing.lfs": "def f() { }\nprint x",
        "self.lfs": "run \"self.lfs\"",
        "other.lfs": "param user_id\nparam count = 3\nprint $user_id $count",
        "broken.lfs": "print $nothing",
    ]

    static let names: [Mistake] = [
        Mistake("E0301", "add_group_member Developers ana"),
        Mistake("E0301", "user_create ana"),
        Mistake("E0301", "let u = get_usr ana\nprint $u.id $u.nothing"),
        Mistake("E0301", "list_users --all | wher { $it.id == \"a\" }"),
        Mistake("E0301", "let a = 1\nprint (a)\nprint $a"),
        Mistake("E0301", "ensure craete_user ana"),
        Mistake("E0302", "print $nobody"),
        Mistake("E0302", "let user = get_user ana\nprint $user.id $usr.id"),
        Mistake("E0302", "print \"hello ${person.id}\""),
        Mistake("E0302", "for u in (list_users --all) { print $u.id }\nprint $u.id"),
        Mistake("E0302", "total = 1"),
        Mistake("E0302", "def f(a) { return $b }\nprint (f 1)"),
        Mistake("E0303", "let a = 1\nlet a = 2\nprint $a"),
        Mistake("E0303", "param a\nlet a = 2\nprint $a"),
        Mistake("E0303", "param a\nparam a\nprint $a"),
        Mistake("E0303", "def f(a, a) { print $a }"),
        Mistake("E0304", "param a: integer\nprint $a"),
        Mistake("E0304", "def f(a: strng) { print $a }"),
        Mistake("E0305", "def get_user(a) { print $a }"),
        Mistake("E0305", "def count(a) { print $a }"),
        Mistake("E0306", "def f() { }\ndef f() { }"),
        Mistake("E0307", "param server\nprint $server"),
        Mistake("E0308", "var a = 1\ndef f() { print $a }\nf\na = 2\nprint $a"),
        Mistake("E0309", "def f() { print $a }\nf\nlet a = 1\nprint $a"),
        Mistake("E0310", "include \"libb.lfs\""),
        Mistake("E0310", "run \"nothing.lfs\""),
        Mistake("E0311", "include \"cycle.lfs\""),
        Mistake("E0311", "run \"self.lfs\""),
        Mistake("E0311", "run \"t.lfs\""),
        Mistake("E0312", "include \"doing.lfs\""),
        Mistake("E0313", "let a = \"lib.lfs\"\nrun \"${a}x\""),
        Mistake("E0314", "include \"../lib.lfs\""),
        Mistake("E0314", "include \"/etc/passwd\""),
        Mistake("E0316", "print {a: 1, b: 2, a: 3}"),
        Mistake("E0317", "test \"t\" { expect_error notfound { get_user ana } }"),
        Mistake("E0302", "run \"broken.lfs\""),
    ]

    static let calls: [Mistake] = [
        Mistake("E0401", "list_users --prefx a"),
        Mistake("E0401", "create_user ana --invite-usr"),
        Mistake("E0401", "get_user ana --all"),
        Mistake("E0401", "get_user ana --wait"),
        Mistake("E0401", "run \"other.lfs\" --user_idd ana"),
        Mistake("E0401", "print (get_user ana --no-id)"),
        Mistake("E0402", "create_user"),
        Mistake("E0402", "hard_reset_branch lake main"),
        Mistake("E0402", "add_group_membership --user_id ana"),
        Mistake("E0402", "def f(a, b = 1) { print $a $b }\nf"),
        Mistake("E0402", "run \"other.lfs\""),
        Mistake("E0402", "create_policy readers"),
        Mistake("E0403", "create_user ana bo"),
        Mistake("E0403", "print (get_current_user ana)"),
        Mistake("E0403", "print (now 5)"),
        Mistake("E0403", "def f() { }\nf 1"),
        Mistake("E0404", "list_users --prefix"),
        Mistake("E0404", "print (list_users --prefix --amount 3)"),
        Mistake("E0405", "print (list_users --prefix a --prefix b)"),
        Mistake("E0405", "create_user --id ana --id bo"),
        Mistake("E0406", "create_user ana { print x }"),
        Mistake("E0406", "def f(a) { print $a }\nf 1 { print x }"),
        Mistake("E0407", "let a = [1]\nprint ($a | where)"),
        Mistake("E0407", "let a = [1]\nprint ($a | sort_by)"),
        Mistake("E0408", "create_user ana --no-invite-user=true"),
        Mistake("E0409", "ensure create_credentials ana"),
        Mistake("E0409", "ensure get_user ana"),
        Mistake("E0409", "ensure print x"),
        Mistake("E0410", "print (get_branch lakefs://lake/main/a.csv)"),
        Mistake("E0411", "create_user --body {id: \"ana\"} --id bo"),
        Mistake("E0412", "run \"other.lfs\" ana --user_id bo"),
        Mistake("E0413", "let flag = true\nprint (list_users --all=$flag)"),
        Mistake("E0414", "def f(a = 1, b) { print $a $b }"),
    ]

    static let types: [Mistake] = [
        Mistake("E0501", "let user = get_user ana\nprint \"since ${user.creaton_date}\""),
        Mistake("E0501", "print (get_user ana).nme"),
        Mistake("E0501", "for u in (list_users --all) { print $u.idd }"),
        Mistake("E0501", "print (list_users --all | where { $it.idd == \"a\" })"),
        Mistake("E0501", "print (list_users --all | select id nme)"),
        Mistake("E0501", "print (list_users --all | get naem)"),
        Mistake("E0501", "print (list_users --all | sort_by dat)"),
        Mistake("E0501", "print (list_users --all | group_by dat)"),
        Mistake("E0501", "print (list_users).result"),
        Mistake("E0501", "print (list_users).pagination.has_moree"),
        Mistake("E0501", "def f() { return (get_user ana) }\nprint (f).nme"),
        Mistake("E0501", "let u = if true { get_user ana } else { get_user bo }\nprint $u.nme"),
        Mistake("E0501", "try { print x } catch error { print $error.massage }"),
        Mistake("E0501", "print (get_user ana)[\"nme\"]"),
        Mistake("E0501", "let m = {a: 1}\nprint $m.b"),
        Mistake("E0501", "let u = get_user ana --or null\nprint $u?.nme"),
        Mistake("E0501", "create_policy p [{effect: \"allow\", resource: \"*\", actions: [\"fs:*\"]}]"),
        Mistake("E0501", "print (get_user ana --with_headers).user"),
        Mistake("E0502", "print (list_users --amount five)"),
        Mistake("E0502", "print (get_user ana --timeout 30)"),
        Mistake("E0502", "delete_objects lake main a.csv"),
        Mistake("E0502", "set_protection lake yes soft"),
        Mistake("E0502", "sleep soon"),
        Mistake("E0502", "print (list_users --amount 99999999999999999999)"),
        Mistake("E0503", "set_protection lake true sofft"),
        Mistake("E0503", "set_protection lake true \"hardd\""),
        Mistake("E0503", "for d in (diff_branch lake main --all) { if $d.type == \"add\" { print $d.path } }"),
        Mistake("E0503", "create_policy p [{effect: \"allowed\", resource: \"*\", action: [\"fs:*\"]}]"),
        Mistake("E0504", "for group in (list_groups --all) { create_credentials $group }"),
        Mistake("E0504", "create_user (now)"),
        Mistake("E0504", "let n = 5\ncreate_user $n"),
        Mistake("E0504", "print (get_user [\"ana\"])"),
        Mistake("E0504", "print (list_users --amount \"5\")"),
        Mistake("E0504", "print (get_user ana --timeout=(now))"),
        Mistake("E0504", "step (now) { print x }"),
        Mistake("E0504", "retry \"3\" every 1s { print x }"),
        Mistake("E0504", "retry 3 every 5 { print x }"),
        Mistake("E0504", "timeout 5 { print x }"),
        Mistake("E0504", "for i in 1..3 parallel \"8\" { print $i }"),
        Mistake("E0504", "fail [1]"),
        Mistake("E0504", "assert true (now)"),
        Mistake("E0504", "def f(a: int) { print $a }\nf \"x\""),
        Mistake("E0504", "print (\"a,b\" | split (now))"),
        Mistake("E0504", "delete_objects lake main \"a.csv\""),
        Mistake("E0505", "print ((now) + \"x\")"),
        Mistake("E0505", "print (1 + true)"),
        Mistake("E0505", "print (-\"a\")"),
        Mistake("E0505", "print (not 1)"),
        Mistake("E0505", "print (\"a\" < 1)"),
        Mistake("E0505", "print (\"a\" - \"b\")"),
        Mistake("E0505", "print ((get_user ana).creation_date =~ \"^1\")"),
        Mistake("E0505", "print (true and 1)"),
        Mistake("E0505", "for i in 1..\"a\" { print $i }"),
        Mistake("E0505", "print (1 in \"abc\")"),
        Mistake("E0506", "print ((get_user ana).creation_date == \"2026\")"),
        Mistake("E0506", "print ([1] == 1)"),
        Mistake("E0506", "print (1 == true)"),
        Mistake("E0507", "if (get_user ana) { print x }"),
        Mistake("E0507", "if 1 { print x }"),
        Mistake("E0507", "while (now) { print x }"),
        Mistake("E0507", "assert (list_users --all)"),
        Mistake("E0507", "print (list_users --all | where { $it.id })"),
        Mistake("E0508", "for u in (list_users) { print $u }"),
        Mistake("E0508", "print (list_users | where { $it.id == \"a\" })"),
        Mistake("E0508", "print (list_users | count)"),
        Mistake("E0508", "print (list_users)[0]"),
        Mistake("E0508", "print (list_users).id"),
        Mistake("E0508", "print (list_users | get id)"),
        Mistake("E0508", "print (list_users | select id)"),
        Mistake("E0508", "print (\"a\" in (list_users))"),
        Mistake("E0509", "for c in \"abc\" { print $c }"),
        Mistake("E0509", "for k, v in [1, 2] { print $k $v }"),
        Mistake("E0509", "for k in {a: 1} { print $k }"),
        Mistake("E0509", "print (list_users --all).id"),
        Mistake("E0509", "let n = 5\nprint $n.id"),
        Mistake("E0509", "let n = 5\nprint $n[0]"),
        Mistake("E0510", "print [1, 2][\"a\"]"),
        Mistake("E0510", "let m = {a: 1}\nprint $m[0]"),
        Mistake("E0511", "let key = create_credentials ana\nexec \"vault\" [\"kv\", $key.secret_access_key]"),
        Mistake("E0511", "let key = create_credentials ana\nexec \"vault\" [\"k=${key.secret_access_key}\"]"),
        Mistake("E0512", "print (\"a\" =~ \"(a\")"),
        Mistake("E0512", "print (replace \"a\" \"(a\" \"b\")"),
        Mistake("E0513", "param a: int = \"x\"\nprint $a"),
        Mistake("E0513", "def f(a: int = \"x\") { print $a }"),
        Mistake("E0514", "fail \"x\" --status 300"),
        Mistake("E0515", "as (get_user ana) { print x }"),
        Mistake("E0515", "as \"ana\" { print x }"),
    ]

    static let flow: [Mistake] = [
        Mistake("E0601", "let a = 1\na = 2\nprint $a"),
        Mistake("E0601", "param a\na = 2\nprint $a"),
        Mistake("E0601", "for a in 1..3 { a = 2\nprint $a }"),
        Mistake("E0601", "def f(a) { a = 2\nprint $a }"),
        Mistake("E0601", "let m = {a: 1}\n$m.a = 2\nprint $m"),
        Mistake("E0602", "var n = 0\nfor i in 1..3 parallel 2 { n = $n + $i }\nprint $n"),
        Mistake("E0602", "var n = 0\nlet l = [1] | each --parallel 2 { n = 5\n$it }\nprint $n $l"),
        Mistake("E0603", "break"),
        Mistake("E0603", "if true { continue }"),
        Mistake("E0603", "for i in 1..3 parallel 2 { print $i\nbreak }"),
        Mistake("E0603", "while true { on_exit { break } }"),
        Mistake("E0604", "for i in 1..3 parallel 2 { print $i\nreturn }"),
        Mistake("E0604", "def f(l) { return ($l | where { return true }) }"),
        Mistake("E0604", "on_failure { return }"),
        Mistake("E0605", "print x\nparam a\nprint $a"),
        Mistake("E0606", "if true { def f() { } }"),
        Mistake("E0606", "if true { include \"lib.lfs\" }"),
        Mistake("E0606", "if true { test \"a\" { } }"),
        Mistake("E0606", "def f() { param a }"),
        Mistake("E0607", "param a = (get_user ana)\nprint $a"),
        Mistake("E0608", "\"just text\""),
        Mistake("E0609", "var n = 0\ndef f() { n = 1 }\nf\nprint $n"),
    ]

    static let warnings: [Mistake] = [
        Mistake("W0101", "let a = 1"),
        Mistake("W0101", "var a = 1\na = 2"),
        Mistake("W0101", "param a"),
        Mistake("W0101", "def f() { let a = 1 }"),
        Mistake("W0102", "while true { break\nprint x }"),
        Mistake("W0102", "def f() { return 1\nprint x }"),
        Mistake("W0102", "fail \"x\"\nprint x"),
        Mistake("W0102", "def f(a) { if $a == 1 { return 1 } else { return 2 }\nprint x }"),
        Mistake("W0102", "while true { print x }\nprint y"),
        Mistake("W0103", "print (create_credentials ana).secret_access_key"),
        Mistake("W0103", "let key = create_credentials ana\nprint \"key ${key.secret_access_key}\""),
        Mistake("W0104", "let c = get_commit lake abc\nprint ($c.generation + 1)"),
        Mistake("W0104", "let u = get_user ana\ncreate_user $u.email"),
        Mistake("W0104", "let u = get_user ana --or null\nprint $u.id"),
        Mistake("W0104", "let c = get_commit lake abc\nfor k, v in $c.metadata { print $k $v }"),
        Mistake("W0104", "let u = get_user ana\nif $u.email =~ \"@\" { print x }"),
        Mistake("W0105", "hard_reset_branch lake main main~1"),
        Mistake("W0105", "let b = \"main\"\nhard_reset_branch lake $b \"$b^\""),
        Mistake(
            "W0106", "assert (get_branch lake main).commit_id == \"a\"\nconfirm \"really?\"\ndelete_branch lake main"),
        Mistake(
            "W0106",
            "let b = get_branch lake main\nensure create_branch lake safe $b.commit_id\nhard_reset_branch lake main abc"
        ),
        Mistake("W0107", "def f(user_id) { print $user_id (get_user user_id) }"),
        Mistake("W0108", "list_users --all"),
        Mistake("W0108", "if true { get_user ana\nprint x }"),
        Mistake("W0108", "list_users --all | count"),
        Mistake("W0108", "let a = 1\n$a"),
    ]
}
