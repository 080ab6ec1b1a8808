internal import Glibc
package import LakeScript

/// Runs the tests of a plan, each in a process of its own, several at a time, in one event loop.
///
/// The first ^C starts no more tests and asks the running ones to end; a second one ends them at once. A test that
/// takes too long fails, and the others continue.
package final class TestRun {
    private let children: TimedChildren
    private let loop = Loop(waiter: PollWaiter())
    private let plan: TestPlan
    private let options: Options
    private let folder: String
    private let observer: any TestObserver
    private var next = 0
    private var running: Set<Int> = []
    private var outcomes: [TestOutcome?]
    private var isInterrupted = false

    /// The options of a test run.
    package struct Options {
        /// The number of tests that run at the same time.
        package var jobs: Int
        /// The time limit of each test in milliseconds.
        package var limit: Int
        /// The program that runs one test, with its first arguments; those that name the test follow.
        package var worker: [String]

        package init(jobs: Int, limit: Int, worker: [String]) {
            self.jobs = jobs
            self.limit = limit
            self.worker = worker
        }

        /// The number of processors.
        package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
    }

    /// - Throws: a failure if the tests' folders cannot be made.
    package init(_ plan: TestPlan, _ options: Options, observer: any TestObserver) throws(Failure) {
        self.plan = plan
        self.options = options
        self.observer = observer
        children = TimedChildren(limit: options.limit)
        outcomes = [TestOutcome?](repeating: nil, count: plan.cases.count)
        folder = try FileStore().makeTemporaryFolder("lakesh-test")
    }

    deinit { FileStore().removeFolder(folder) }

    /// Runs all tests; returns the outcomes in the order of the plan.
    package func run() -> [TestOutcome] {
        fill()
        while !running.isEmpty {
            let signal = loop.turn(children) { _, events in
                for case .answer(let id, let answer) in events { take(Int(id.number), answer) }
                fill()
                return running.isEmpty
            }
            guard let signal else { break }
            if isInterrupted { break }
            interruption = signal
            interrupt()
        }
        children.finish(now: loop.clock.now())
        return zip(plan.cases, outcomes).map { test, outcome in outcome ?? TestOutcome(test: test, state: .notRun) }
    }

    /// The signal that ended it before all tests had run.
    package private(set) var interruption: Signal?

    private func interrupt() {
        isInterrupted = true
        for number in running.sorted() { children.cancel(EffectID(UInt64(number)), now: loop.clock.now()) }
    }

    /// Starts tests until enough of them run.
    private func fill() {
        while !isInterrupted, running.count < options.jobs, next < plan.cases.count {
            let test = plan.cases[next]
            let words =
                options.worker.dropFirst() + [
                    test.file, String(test.number), "--folder", "\(folder)/\(next)",
                ]
            let call = BuiltinCall(
                WorldBuiltins.exec,
                ["program": .string(options.worker[0]), "arguments": .list(words.map { .string($0) })])
            running.insert(next)
            let effect = Effect(.builtin(call), origin: .ofNoScript)
            children.begin(EffectID(UInt64(next)), effect, now: loop.clock.now())
            next += 1
            observer.began(test)
        }
    }

    private func take(_ number: Int, _ answer: Answer) {
        let test = plan.cases[number]
        running.remove(number)
        var outcome = outcome(of: test, answer)
        if outcome.state == .notRun, children.overdue.contains(EffectID(UInt64(number))) {
            outcome = TestOutcome(of: test, overdue: options.limit)
        }
        outcomes[number] = outcome
        observer.ended(number, outcome)
    }

    private func outcome(of test: TestCase, _ answer: Answer) -> TestOutcome {
        switch answer {
        case .value(let text):
            let value = try? JSON.read(Array((text.text ?? "").utf8))
            return value.flatMap { TestOutcome(of: test, $0) }
                ?? TestOutcome(of: test, lost: .testNotRun("its output is not a result"))
        case .failure(let failure) where failure.kind != .cancelled: return TestOutcome(of: test, lost: failure)
        case .failure, .finished, .notSent, .inDoubt: return TestOutcome(test: test, state: .notRun)
        }
    }
}

/// Is notified of tests while they run.
package protocol TestObserver: AnyObject {
    func began(_ test: TestCase)
    /// Called when a test has ended, with its index in the plan.
    func ended(_ number: Int, _ outcome: TestOutcome)
}
