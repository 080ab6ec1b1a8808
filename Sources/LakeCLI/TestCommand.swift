internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `lakesh test FILE…|DIR…`: runs the `test` blocks of scripts, each in a fresh sandbox.
enum TestCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "test",
            [
                Parameter(
                    "paths", .list(.string), isVariadic: true,
                    summary: "scripts with `test` blocks, folders of scripts",
                    role: .file),
                Parameter(
                    "filter", .list(.string), isRequired: false,
                    summary: "only tests whose names contain this; may be repeated"),
                Parameter("jobs", .int, isRequired: false, summary: "the number of parallel tests (one per processor)"),
                Parameter(
                    "timeout", .duration, default: .duration(60_000), summary: "the time limit of each test"),
                Parameter(
                    "junit", isRequired: false, summary: "write the results to this file, as JUnit's XML", role: .file),
                Parameter("json", .bool, default: false, summary: "print the results as JSON on standard output"),
            ] + TargetOptions.sandboxParameters,
            summary: "run the `test` blocks of scripts, each in a fresh sandbox"),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        let jobs = options["jobs"]?.integer ?? TestRun.Options.processors
        guard (1...256).contains(jobs) else {
            return console.usage("--jobs is how many tests run at a time: 1 to 256, and not \(jobs)")
        }
        guard case .duration(let limit)? = options["timeout"], limit > 0 else {
            return console.usage("--timeout is how long a test may take: 60s, 5m")
        }
        do throws(Failure) {
            let plan = try TestPlan(
                paths: texts(options["paths"]), filter: texts(options["filter"]), reserved: RunCommand.reservedNames)
            console.show(plan.findings.diagnostics, plan.sources)
            if plan.findings.hasErrors { return .usage }
            if plan.cases.isEmpty { return saysThatThereAreNone(plan, console) }
            let how = TestRun.Options(jobs: jobs, limit: limit, worker: worker(options, console))
            return try run(plan, how, options, console)
        } catch {
            return console.usage(error)
        }
    }

    private static func run(
        _ plan: TestPlan, _ how: TestRun.Options, _ options: [String: Value], _ console: Console
    ) throws(Failure) -> ExitStatus {
        let report = TestReport(plan.cases, styler: console.errorStyler)
        let progress = TestProgress(report: report, total: plan.cases.count, console: console)
        let run = try TestRun(plan, how, observer: progress)
        let clock = Clock.system
        let began = clock.now()
        let outcomes = run.run()
        let milliseconds = clock.now().milliseconds - began.milliseconds
        progress.end(outcomes)
        let closing = report.closing(outcomes, milliseconds: milliseconds, wasInterrupted: run.interruption != nil)
        console.errors.write("\n" + closing.map { $0 + "\n" }.joined())
        if options["json"] == true {
            let value = TestDocuments.json(outcomes, milliseconds: milliseconds)
            console.output.write(String(decoding: JSON.write(value, layout: .indented), as: UTF8.self) + "\n")
        }
        if let path = options["junit"]?.text {
            let text = TestDocuments.junit(outcomes, milliseconds: milliseconds)
            try FileStore().write(Array(text.utf8), to: path, isSecret: false, mayOverwrite: true)
        }
        if let signal = run.interruption { return .custom(Int32(signal.exitStatus)) }
        return outcomes.contains { $0.problem != nil } ? .scriptFailed : .done
    }

    /// Returns the command that runs one test: this program with the options of the sandbox.
    private static func worker(_ options: [String: Value], _ console: Console) -> [String] {
        let sandbox = TargetOptions.sandboxParameters.map(\.name).flatMap { name in
            options[name]?.text.map { ["--\(name)", $0] } ?? []
        }
        return ["/proc/self/exe", TestProcessCommand.name] + sandbox
            + (console.errorStyler.isColoured ? ["--colours"] : [])
    }

    private static func saysThatThereAreNone(_ plan: TestPlan, _ console: Console) -> ExitStatus {
        if plan.filteredOut > 0 {
            return console.usage(
                .noTest(
                    "none of the \(Quantity.of(plan.filteredOut, "test")) has that in its name",
                    advice: "--filter takes a part of a name, in small or capital letters"))
        }
        return console.usage(
            .noTest(
                "there is no test in \(Quantity.of(plan.scripts, "script"))",
                advice: "write one: test \"a user can be made\" { create_user ana }"))
    }

    private static func texts(_ value: Value?) -> [String] { value?.items?.compactMap(\.text) ?? [] }
}

/// `lakesh test-process FILE NUMBER`: runs a single test. `lakesh test` starts such a process for each test.
enum TestProcessCommand {
    static let name = "test-process"

    private static let signature = Signature(
        name,
        [
            Parameter("file"), Parameter("number", .int), Parameter("folder", isRequired: false),
            Parameter("colours", .bool, default: false),
        ] + TargetOptions.sandboxParameters)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: signature) else { return .usage }
        let worker = TestWorker(
            file: options["file"]?.text ?? "", number: options["number"]?.integer ?? 0,
            folder: options["folder"]?.text ?? "", sandbox: TargetOptions.sandbox(options),
            isStyled: options["colours"] == true)
        do throws(Failure) {
            try worker.run()
            return .done
        } catch {
            return console.usage(error)
        }
    }
}
