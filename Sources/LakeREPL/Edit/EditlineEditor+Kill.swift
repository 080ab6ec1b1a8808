internal import CEditline

/// The text killed last, for ^Y. libedit's own kill buffer is not accessible through its public functions.
struct KillBuffer {
    var text = ""
    /// The position set by ^@.
    var mark = 0
    /// The line as the last kill left it; consecutive kills are yanked together.
    private var line: Line?

    /// Stores text that was killed before or after the cursor.
    mutating func keep(_ killed: String, before: Bool, from line: Line, to rest: Line) {
        let isGoingOn = line == self.line
        text = !isGoingOn ? killed : before ? killed + text : text + killed
        self.line = rest
    }

    /// Stores a copy of text that stays in the line.
    mutating func copy(_ copied: String) { (text, line) = (copied, nil) }
}

// Kill and yank. Killed text also goes into libedit's buffer, which vi's own commands use.
extension EditlineEditor {
    /// Kills scalars to the left of the cursor.
    func kill(back count: Int) {
        let whole = line
        guard count > 0, count <= whole.cursor else { return }
        deleteBefore(count)
        let killed = whole.text(in: whole.cursor - count..<whole.cursor)
        kills.keep(killed, before: true, from: whole, to: line)
    }

    /// Kills scalars to the right of the cursor.
    func kill(ahead count: Int) {
        let whole = line
        let end = min(whole.scalars.count, whole.cursor + count)
        guard end > whole.cursor else { return }
        deleteAfter(end - whole.cursor)
        kills.keep(whole.text(in: whole.cursor..<end), before: false, from: whole, to: line)
    }

    /// Copies the text between the mark and the cursor.
    func copyRegion() {
        let line = line
        let mark = min(kills.mark, line.scalars.count)
        kills.copy(line.text(in: min(mark, line.cursor)..<max(mark, line.cursor)))
    }

    /// Changes the case of the letter at the cursor and moves to the next one.
    func changeCase() {
        guard let character = line.after.first else { return }
        let turned = character.isUppercase ? character.lowercased() : character.uppercased()
        deleteAfter(line.nextLength)
        insert(turned)
    }
}
