import Glibc
import LakeScript
import Testing

@testable import LakeRunner

/// A pseudo-terminal: a user at one end, who types and reads; the program's terminal at the other.
final class PseudoTerminal {
    private let person: Int32
    let program: Int32
    let terminal: Terminal
    let keyboard: Descriptor
    /// Output that has not been read yet.
    private var shown: [UInt8] = []

    init(isPaintable: Bool = true) throws {
        var ends: (person: Int32, program: Int32) = (-1, -1)
        try #require(openpty(&ends.person, &ends.program, nil, nil, nil) == 0)
        (person, program) = ends
        terminal = Terminal(input: program, output: program, errors: program, isPaintable: isPaintable)
        keyboard = Descriptor(number: program)
    }

    deinit {
        close(program)
        close(person)
    }

    /// Types a line and waits until the program can read it.
    func enter(_ line: String) {
        type(line + "\n")
        var polled = pollfd(fd: program, events: Int16(POLLIN), revents: 0)
        #expect(poll(&polled, 1, 10_000) == 1)
    }

    /// Types keys, and waits until their echo is on the screen, if there is one.
    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        #expect(write(person, bytes, bytes.count) == bytes.count)
        if echoes { look(until: Array(keys.replacing("\n", with: "\r\n").utf8)) }
    }

    /// Returns the output since the last call: everything written before a mark of its own.
    func seen() -> String {
        #expect(write(program, "\u{1}", 1) == 1)
        look(until: [1])
        defer { shown = [] }
        return String(decoding: shown.dropLast(), as: UTF8.self).replacing("\r\n", with: "\n")
    }

    private func look(until end: [UInt8]) {
        var byte: UInt8 = 0
        repeat {
            guard read(person, &byte, 1) == 1 else { return }
            shown.append(byte)
        } while !(shown.suffix(end.count).elementsEqual(end))
    }

    /// True if typed text is echoed.
    var echoes: Bool {
        var settings = termios()
        return tcgetattr(program, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Runs the terminal at an instant; returns the answers as `1: yes`.
    @discardableResult
    func tick(at milliseconds: Int, isTyped: Bool = false) -> [String] {
        let now = Instant(milliseconds: milliseconds, epochSeconds: 0)
        return terminal.tick(now: now, ready: isTyped ? [keyboard] : []).compactMap { event in
            guard case .answer(let id, .value(let value)) = event else { return nil }
            return "\(id.number): \(value.text ?? "-")"
        }
    }

    func ask(_ number: UInt64, _ text: String, isSecret: Bool = false) {
        terminal.ask(Terminal.Question(id: EffectID(number), text: text, isSecret: isSecret))
    }
}
