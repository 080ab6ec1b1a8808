/// The meter of pure work: of comparing, sorting, searching and writing values, which may take long within one
/// instruction.
///
/// Such work is counted in parts: an item, a comparison, some bytes of a text. Now and then the meter looks whether
/// something else is wanted. Then the work stops: each function returns at once with whatever it has, nobody uses that,
/// and the machine carries out the instruction again unless an interrupt has ended it. Without a meter nothing stops.
// SAFETY: only the thread that runs `metered` uses a meter; a task-local value must be sendable, though none is sent.
package final class Work: @unchecked Sendable {
    /// The meter of the running machine. It is not an argument, because `==` and `hash(into:)` work on values, too.
    @TaskLocal static var current: Work?

    private let isWanted: @Sendable () -> Bool
    private let most: Int
    /// The parts that were counted so far.
    private(set) var parts = 0
    /// The number of parts at which it looks again.
    private var next = Work.stride
    /// True if the work that was done last is not whole.
    private(set) var isStopped = false
    private var armed = false
    private var urgent = false

    /// Parts between two looks: less than a millisecond of work.
    private static let stride = 10_000
    /// The number of bytes that cost as much as a part.
    private static let bytesOfPart = 64

    /// Makes a meter that stops after `most` parts, and as soon as something else is wanted.
    init(most: Int = .max, isWanted: @escaping @Sendable () -> Bool) {
        self.most = most
        self.isWanted = isWanted
    }

    /// Ends a function of the standard library that would go on.
    struct Stopped: Error {}

    /// Counts parts of the work; returns false if it is to stop.
    package static func goesOn(after parts: Int = 1) -> Bool { current?.goesOn(after: parts) ?? true }

    /// Counts the bytes of a text; returns false if the work is to stop.
    static func goesOn(afterBytes bytes: Int) -> Bool { goesOn(after: 1 + bytes / bytesOfPart) }

    /// Gives a meter to a function. Only what it calls `stoppable` stops.
    package static func metered<Result>(
        isWanted: @escaping @Sendable () -> Bool, _ body: () -> Result
    ) -> Result {
        let work = Work(isWanted: isWanted)
        return $current.withValue(work, operation: body)
    }

    /// Returns the result of a pure function, or nil if it was stopped and is to be called again.
    package static func stoppable<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result? {
        guard let work = current else { return try body() }
        work.arm(true)
        defer { work.arm(false) }
        do throws(Failure) {
            let result = try body()
            return work.isStopped ? nil : result
        } catch {
            if work.isStopped { return nil }
            throw error
        }
    }

    @inline(__always)
    func goesOn(after parts: Int = 1) -> Bool {
        let now = self.parts &+ parts
        self.parts = now
        return now < next || look(now)
    }

    private func look(_ now: Int) -> Bool {
        next = now + Work.stride
        guard armed else { return true }
        if now > most || urgent || isWanted() { isStopped = true }
        // Stopped work looks at each part: it never goes on.
        if isStopped { next = 0 }
        return !isStopped
    }

    /// Lets work be stopped, or not while something is done that cannot be done again. Urgent work stops at the next
    /// look.
    func arm(_ isStoppable: Bool, isUrgent: Bool = false) {
        urgent = isUrgent
        armed = isStoppable
        isStopped = false
        next = parts + Work.stride
    }
}

/// The elements of a sequence as long as the work goes on, each for a part of it.
package struct Metered<Base: Sequence>: Sequence, IteratorProtocol {
    fileprivate var base: Base.Iterator
    fileprivate let work: Work?

    package mutating func next() -> Base.Element? { work?.goesOn() ?? true ? base.next() : nil }
}

extension Sequence {
    /// The elements as long as the work goes on. The meter is looked up once, not for each of them.
    package var metered: Metered<Self> { Metered(base: makeIterator(), work: Work.current) }

    /// Returns the elements for which the condition holds, each for a part of the work.
    func filtered(_ isIncluded: (Element) -> Bool) -> [Element] {
        var found: [Element] = []
        for element in metered where isIncluded(element) { found.append(element) }
        return found
    }
}

extension Sequence where Element: Hashable {
    /// Returns the set of the elements, each for a part of the work.
    func asSet() -> Set<Element> { Set(metered) }
}
