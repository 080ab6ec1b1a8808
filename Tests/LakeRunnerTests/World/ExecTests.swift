import LakeScript
import Testing

@testable import LakeRunner

/// Programs run by scripts.
struct ExecTests {
    private func run(_ text: String) throws -> Value? {
        let bench = try RunBench(text)
        if let failure = bench.failure { Issue.record("\(failure)") }
        return bench.value
    }

    @Test("a program gets its arguments as they are: no shell reads them")
    func arguments() throws {
        #expect(try run(#"exec "printf" ["%s|", "a b", '$HOME', "*"]"#) == "a b|$HOME|*|")
    }

    @Test("what is given by --input is its standard input; without, there is none")
    func input() throws {
        #expect(try run(#"exec "cat" --input "a\nb""#) == "a\nb")
        #expect(try run(#"exec "cat""#) == "")
    }

    @Test("more than a pipe holds goes in and comes out")
    func large() throws {
        #expect(try run(#"exec "cat" --input (exec "seq" ["1", "50000"]) | length"#) == 288_893)
    }

    @Test("variables are added to our own environment")
    func environment() throws {
        #expect(try run(#"exec "sh" ["-c", 'echo "$A${PATH:+ and PATH}"'] --env {A: "1"}"#) == "1 and PATH")
    }

    @Test("no descriptor of ours is open in it")
    func descriptors() throws {
        let look = "for n in 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$n ] && echo $n; done; true"
        #expect(try run(#"exec "sh" ["-c", '\#(look)']"#) == "")
    }

    @Test("what a program prints that was given a secret is one")
    func secret() throws {
        let text = #"let s = env PATH --secret"# + "\n"
        #expect(try run(text + #"exec "cat" --input $s"#)?.containsSecret == true)
        #expect(try run(text + #"exec "printenv" ["A"] --env {A: $s}"#)?.containsSecret == true)
    }

    @Test("its output has no last line end, as in a shell; further ones stay")
    func lineEnd() throws {
        #expect(try run(#"exec "printf" ["a\n\n"]"#) == "a\n")
        #expect(try run(#"exec "printf" ["a\r\n"]"#) == "a")
        #expect(try run(#"exec "printf" ["\n"]"#) == "")
    }

    @Test("the output of one that ends badly is told, unless it was given a secret")
    func outputOfFailure() throws {
        let failing = #"exec "sh" ["-c", "cat; echo out; echo err >&2; exit 1"]"#
        let failure = try #require(try RunBench(failing).failure)
        #expect(failure.body == "out" && failure.notes == ["sh: out", "sh: err"])
        let secret = try #require(try RunBench("let s = env PATH --secret\n\(failing) --input $s").failure)
        #expect(secret.body.containsSecret && !secret.notes.contains("sh: out"))
    }

    @Test("a secret in an argument is refused also where the check could not see it")
    func secretArgument() throws {
        let bench = try RunBench(
            #"let m = from_json '{"a": 1}'"# + "\n" + #"var l = [$m.a]"# + "\n"
                + #"$l[0] = env PATH --secret"# + "\n" + #"exec "echo" $l"#)
        #expect(bench.failure?.message.contains("would be seen by everybody") == true)
    }

    @Test("one that ends badly is an error with its status and its last words")
    func status() throws {
        let failure = try #require(try RunBench(#"exec "sh" ["-c", "echo oops >&2; exit 3"]"#).failure)
        #expect(failure.kind == .operation && failure.status == 3)
        #expect(failure.message == "`sh` ended with status 3" && failure.notes == ["sh: oops"])
    }

    @Test("the words of one that was given a secret are hidden")
    func hiddenWords() throws {
        let text = #"exec "sh" ["-c", "cat >&2; exit 1"] --input (env PATH --secret)"#
        let failure = try #require(try RunBench(text).failure)
        #expect(failure.notes == ["what it wrote is hidden: it was given a secret"])
    }

    @Test("a program that is not there is a mistake that says where it was looked for")
    func absent() throws {
        let failure = try #require(try RunBench(#"exec "no-such-program""#).failure)
        #expect(failure.kind == .mistake && failure.message.contains("no such file"))
        #expect(failure.notes.first?.contains("PATH") == true)
    }

    @Test("a timeout ends it, and all that it started")
    func timeout() throws {
        let mark = "61.\(RandomID.make().utf8.reduce(0) { $0 + Int($1) })"
        let failure = try #require(
            try RunBench(#"timeout 200ms { exec "sh" ["-c", "sleep \#(mark) & wait"] }"#).failure)
        #expect(failure.kind == .timeout)
        #expect(try run(#"exec "sh" ["-c", "pgrep -f 'sleep [6]1.\#(mark.dropFirst(3))' || true"]"#) == "")
    }

    @Test("several run at once")
    func parallel() throws {
        // Opening either end of a named pipe blocks until the other is opened.
        let pipe = "/tmp/lakesh-exec-\(RandomID.make())"
        let text = """
            exec "mkfifo" ["\(pipe)"]
            on_exit { exec "rm" ["\(pipe)"] }
            timeout 20s { ["echo hello >\(pipe)", "cat \(pipe)"] | each --parallel 2 { exec "sh" ["-c", $it] } }
            """
        #expect(try run(text) == ["", "hello"])
    }

    @Test("one that prints without end is ended")
    func tooLoud() throws {
        let failure = try #require(try RunBench(#"exec "cat" ["/dev/zero"]"#).failure)
        #expect(failure.message == "`cat` printed more than 16 MiB, and was ended")
    }
}
