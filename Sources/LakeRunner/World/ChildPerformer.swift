internal import CSystem
internal import Glibc
package import LakeScript

/// Runs programs for `exec`, by their list of arguments and never through a shell.
///
/// A program gets its three standard descriptors and no other, a process group of its own and default signals. Its
/// input comes from a pipe or is empty; its output, up to 16 MiB, is the value. The loop waits for it as for everything
/// else, so several programs run concurrently and ^C is heard. A cancelled program's group gets TERM, and KILL five
/// seconds later. The script continues when the program has ended.
package final class ChildPerformer: Performer {
    private var children: [EffectID: Child] = [:]
    private var outbox = Outbox<Event>()
    /// Milliseconds from TERM to KILL.
    private static let patience = 5000

    package init() {}

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .builtin(let call) = effect.kind, call.builtin.performer == .program else {
            return outbox.answer(id, .failure(.notPerformed(effect.kind)))
        }
        do throws(Failure) {
            let program = try ChildProgram(call)
            children[id] = try Child(program)
        } catch {
            outbox.answer(id, .failure(error))
        }
    }

    package func cancel(_ id: EffectID, now: Instant) {
        stop(id, because: .cancelled, now: now)
    }

    private func stop(_ id: EffectID, because reason: Child.Stop, now: Instant) {
        guard let child = children[id], child.stop == nil else { return }
        child.stop = reason
        child.killAt = now.advanced(by: ChildPerformer.patience)
        child.signal(SIGTERM)
    }

    /// Kills the programs that are still running.
    package func finish(now: Instant) {
        for child in children.values { child.signal(SIGKILL) }
        children = [:]
    }

    package func waits() -> Waits {
        var waits = outbox.waits
        for child in children.values { waits.add(child.waits()) }
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        for (id, child) in children.sorted(by: { $0.key < $1.key }) {
            child.transfer(ready)
            if child.isTooLoud { stop(id, because: .tooLoud, now: now) }
            if let time = child.killAt, time <= now {
                child.killAt = nil
                child.signal(SIGKILL)
            }
            guard let status = child.ended(ready) else { continue }
            children[id] = nil
            outbox.answer(id, child.answer(status))
        }
        return outbox.take()
    }
}

/// The program to run.
struct ChildProgram {
    let name: String
    let arguments: [String]
    let input: [UInt8]?
    let environment: [String]
    /// True if it is given a secret: then its output is a secret, too.
    let hasSecret: Bool

    /// - Throws: a mistake if an argument is a secret, or if a text cannot be passed to a program.
    init(_ call: BuiltinCall) throws(Failure) {
        name = call.text("program")
        let values = [call["program"]] + (call["arguments"].items ?? [])
        if values.contains(where: \.containsSecret) {
            throw .secretArgument(of: name)
        }
        arguments = try ChildProgram.texts(values)
        let variables = call["env"].record ?? Record()
        hasSecret = call["input"].containsSecret || call["env"].containsSecret
        environment = zip(variables.keys, try ChildProgram.texts(variables.values)).map { "\($0)=\($1)" }
        input = call["input"].isNull ? nil : call["input"].asInput
        if name.isEmpty { throw .noProgram }
        if (arguments + environment).contains(where: { $0.utf8.contains(0) }) {
            throw .argumentWithNUL(of: name)
        }
    }

    private static func texts(_ values: [Value]) throws(Failure) -> [String] {
        var texts: [String] = []
        for value in values { texts.append(try value.asText()) }
        return texts
    }

    /// Our own environment, byte by byte, with the program's additional variables: NUL-terminated texts.
    var wholeEnvironment: [[CChar]] {
        let additional = environment.map { Array($0.utf8CString) }
        let equals = CChar(bitPattern: UInt8(ascii: "="))
        let names = Set(additional.map { $0.prefix { $0 != equals } })
        var inherited: [[CChar]] = []
        var place = environ
        // SAFETY: environ is an array of NUL-terminated strings that ends with nil; each is copied at once.
        while let text = place.pointee {
            inherited.append(Array(UnsafeBufferPointer(start: text, count: strlen(text) + 1)))
            place += 1
        }
        return inherited.filter { !names.contains($0.prefix { $0 != equals }) } + additional
    }
}

extension Value {
    /// The bytes that a program reads.
    fileprivate var asInput: [UInt8] {
        if case .bytes(let bytes) = self { bytes } else { Array((text ?? interpolated).utf8) }
    }
}
