internal import CEditline

/// What was killed last, for ^Y. libedit's own buffer cannot be reached by its public functions.
struct KillBuffer {
    var text = ""
    /// Where ^@ was typed.
    var mark = 0
    /// The line as the last kill left it: kills in a row are yanked as one.
    private var line: Line?

    /// Keeps what was killed at the cursor, `before` it or after.
    mutating func keep(_ killed: String, before: Bool, from line: Line, to rest: Line) {
        let isGoingOn = line == self.line
        text = !isGoingOn ? killed : before ? killed + text : text + killed
        self.line = rest
    }

    /// Keeps a text that stays in the line.
    mutating func copy(_ copied: String) { (text, line) = (copied, nil) }
}

// Kill and yank. vi's own commands have libedit's buffer, which what is killed here goes into as well.
extension EditlineEditor {
    /// Kills scalars left of the cursor.
    func kill(back count: Int) {
        let whole = line
        guard count > 0, count <= whole.cursor else { return }
        deleteBefore(count)
        let killed = whole.text(in: whole.cursor - count..<whole.cursor)
        kills.keep(killed, before: true, from: whole, to: line)
    }

    /// Kills scalars from the cursor on.
    func kill(ahead count: Int) {
        let whole = line
        let end = min(whole.scalars.count, whole.cursor + count)
        guard end > whole.cursor else { return }
        deleteAfter(end - whole.cursor)
        kills.keep(whole.text(in: whole.cursor..<end), before: false, from: whole, to: line)
    }

    /// Keeps what stands between the mark and the cursor.
    func copyRegion() {
        let line = line
        let mark = min(kills.mark, line.scalars.count)
        kills.copy(line.text(in: min(mark, line.cursor)..<max(mark, line.cursor)))
    }

    /// Turns a letter at the cursor from small to capital or back, and goes on to the next.
    func changeCase() {
        guard let character = line.after.first else { return }
        let turned = character.isUppercase ? character.lowercased() : character.uppercased()
        deleteAfter(line.nextLength)
        insert(turned)
    }
}
