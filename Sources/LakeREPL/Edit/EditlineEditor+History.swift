internal import CEditline
internal import LakeRunner

/// A walk through history by Up and Down, over the statements that begin with the typed text.
struct Recall: Equatable {
    /// The index of the shown statement; the number of entries for the typed line itself.
    var place: Int
    /// The typed line.
    let draft: Line
    /// The line as the walk last left it; any other change of the line ends the walk.
    var shown: Line
}

/// The walk of M-. through the last arguments of earlier statements.
struct LastArgument {
    /// The index of the statement whose last argument stands in the line.
    let place: Int
    let inserted: String
    /// The line as it was left; any other change of the line ends the walk.
    let line: Line
}

/// An incremental search through history by ^R.
struct Search: Equatable {
    private(set) var query = ""
    /// The indices of statements that contain the query, newest first.
    private var hits: [Int] = []
    private var index = 0

    /// Searches for another text.
    mutating func look(for query: String, in history: History) {
        self.query = query
        hits = query.isEmpty ? [] : history.places(containing: query)
        index = 0
    }

    /// Goes to the next older hit.
    mutating func older() { index = min(index + 1, max(0, hits.count - 1)) }

    /// Goes to the next newer hit.
    mutating func newer() { index = max(0, index - 1) }

    /// The index of the shown statement; nil if nothing was found.
    var place: Int? { hits.isEmpty ? nil : hits[index] }
    /// Returns the shown statement.
    func hit(in history: History) -> String? { place.map { history.entries[$0] } }

    /// The row below the statement.
    var row: StyledText {
        let count = query.isEmpty ? "" : hits.isEmpty ? "nothing found" : "\(index + 1) of \(hits.count)"
        return [Piece("search: ", .dim), Piece(query, .bold), Piece("  " + count, .dim)]
    }
}

extension EditlineEditor {
    /// Up and Down: move in an open menu, then within a multi-line statement, then in history.
    func moveRows(_ step: Int) {
        if let menu, !menu.menu.candidates.isEmpty { return chooseCandidate(step: step) }
        if let place = line.cursor(rowsDown: step) { return moveCursor(to: place) }
        walkHistory(forward: step > 0)
    }

    /// Page keys: move by a page in an open menu, otherwise in history.
    func movePage(_ step: Int) {
        if let menu, !menu.menu.candidates.isEmpty { return chooseCandidate(step: step * menu.menu.pageSize) }
        walkHistory(forward: step > 0)
    }

    private func walkHistory(forward: Bool) {
        var walk = recall ?? Recall(place: history.entries.count, draft: line, shown: line)
        if walk.shown.scalars != line.scalars { walk = Recall(place: history.entries.count, draft: line, shown: line) }
        let found = history.place(
            from: walk.place, forward: forward, prefix: walk.draft.text, differentFrom: line.text)
        if let found {
            walk.place = found
            replaceLine(with: history.entries[found])
        } else if forward, walk.place < history.entries.count {
            walk.place = history.entries.count
            replaceLine(with: walk.draft.text, cursor: walk.draft.cursor)
        }
        walk.shown = line
        recall = walk
    }

    /// ^R: reads keys until one ends the search. Enter runs the hit; ^G and ^C restore the line.
    func searchHistory() {
        search = Search()
        defer { search = nil }
        while let scalar = nextScalar() {
            switch scalar {
            case 0x12, KeyDecoder.Key.up.rawValue: search?.older()
            case 0x13, KeyDecoder.Key.down.rawValue: search?.newer()
            case 0x07, 0x03: return
            case 0x08, 0x7F: narrowSearch { _ = $0.popLast() }
            case 0x20..<0x7F, 0xA0...: narrowSearch { $0.unicodeScalars.append(UnicodeScalar(scalar) ?? "\u{FFFD}") }
            default:
                if let place = search?.place { show(place, draft: line) }
                // ESC only ends the search, and so does Enter in vi's command mode; any other key also acts on the line.
                let isEnter = scalar == 0x0A || scalar == 0x0D
                if scalar != 0x1B, !(isCommandMode && isEnter) { pushBack(scalar) }
                return
            }
        }
    }

    /// vi's `n` and `N`: find the next older or newer statement that contains the last query.
    func searchAgain(forward: Bool) {
        let shown = recall.map { $0.shown.scalars == line.scalars ? $0.place : history.entries.count }
        let place = shown ?? history.entries.count
        let hits = lastQuery.isEmpty ? [] : history.places(containing: lastQuery)
        guard let hit = forward ? hits.last(where: { $0 > place }) : hits.first(where: { $0 < place }) else { return }
        show(hit, draft: recall?.draft ?? line)
    }

    /// Shows a statement of history; Up, Down and vi's `n` continue from it.
    private func show(_ place: Int, draft: Line) {
        replaceLine(with: history.entries[place])
        recall = Recall(place: place, draft: draft, shown: line)
    }

    private func narrowSearch(_ change: (inout String) -> Void) {
        var query = search?.query ?? ""
        change(&query)
        search?.look(for: query, in: history)
        lastQuery = query
    }

    private func pushBack(_ scalar: UInt32) {
        let text: [wchar_t] = [wchar_t(bitPattern: scalar), 0]
        // SAFETY: the text is null-terminated and copied by libedit.
        el_wpush(editor, text)
    }
}
