import Glibc
package import LakeRunner
package import LakeScript

/// A pseudo-terminal: a person at one end, who types and reads; the terminal that a program owns at the other.
package final class PseudoTerminal {
    private let person: Int32
    package let program: Int32
    package let terminal: Terminal
    package let keyboard: Descriptor
    /// The bytes that have appeared and were not looked at.
    private var shown: [UInt8] = []

    /// There is no pseudo-terminal, or one that does not do what it is told.
    package struct Broken: Error {}

    package init(hasControls: Bool = true, rows: UInt16 = 24, columns: UInt16 = 80) throws {
        var ends: (person: Int32, program: Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&ends.person, &ends.program, nil, nil, &size) == 0 else { throw Broken() }
        (person, program) = ends
        terminal = Terminal(input: program, output: program, errors: program, hasControls: hasControls)
        keyboard = Descriptor(number: program)
    }

    deinit {
        close(program)
        close(person)
    }

    /// Types a line and waits until the program can read it.
    package func enter(_ line: String) throws {
        try type(line + "\n")
        var polled = pollfd(fd: program, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, 10_000) == 1 else { throw Broken() }
    }

    /// Types keys, and waits until they are on the screen if they are shown.
    package func type(_ keys: String) throws {
        let bytes = Array(keys.utf8)
        guard write(person, bytes, bytes.count) == bytes.count else { throw Broken() }
        if echoes { look(until: Array(keys.replacing("\n", with: "\r\n").utf8)) }
    }

    /// Returns the text that has appeared on the screen since the last call.
    package func seen() throws -> String {
        // All text before a mark of ours has been written.
        guard write(program, "\u{1}", 1) == 1 else { throw Broken() }
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

    /// True if typed text is shown.
    package var echoes: Bool {
        var settings = termios()
        return tcgetattr(program, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Runs one tick of the terminal at a moment, and returns the answers as `1: yes`.
    @discardableResult
    package func tick(at milliseconds: Int, isTyped: Bool = false) -> [String] {
        let now = Instant(milliseconds: milliseconds, epochSeconds: 0)
        return terminal.tick(now: now, ready: isTyped ? [keyboard] : []).compactMap { event in
            guard case .answer(let id, .value(let value)) = event else { return nil }
            return "\(id.number): \(value.text ?? "-")"
        }
    }

    package func ask(_ number: UInt64, _ text: String, isSecret: Bool = false) {
        terminal.ask(Terminal.Question(id: EffectID(number), text: text, isSecret: isSecret))
    }
}
