internal import LakeAssist

/// The statements that were typed: the newest last, each once.
///
/// Navigation is ours, over an array: libedit's own cuts long lines and drops a trailing blank. The file is shared by
/// all shells of a person (`HistoryFile`); a statement that holds a secret is remembered until the shell ends and never
/// written.
package final class History {
    private let file: HistoryFile?
    private let capacity: Int
    /// Statements that hold a secret: Up finds them, nothing shows them unasked.
    private var secrets: Set<String> = []
    /// The statements, oldest first.
    package private(set) var entries: [String] = []

    /// A history in a file; without one it ends with the shell.
    package init(file: HistoryFile?, capacity: Int = 10_000) {
        self.file = file
        self.capacity = capacity
        entries = file?.load(capacity: capacity) ?? []
    }

    /// Remembers a statement, which does not reach the file where it is secret; one that begins with a blank is not
    /// meant to be remembered. Gives why the file could not be written.
    @discardableResult
    package func add(_ text: String, isSecret: Bool) -> String? {
        guard let first = text.first, !first.isWhitespace else { return nil }
        if entries.last != text {
            // Recent duplicates go at once; older ones when the file is next read.
            if let place = entries.suffix(200).lastIndex(of: text) { entries.remove(at: place) }
            entries.append(text)
            if entries.count > capacity { entries.removeFirst(entries.count - capacity) }
        }
        guard isSecret else { return file?.append(text) }
        secrets.insert(text)
        return nil
    }

    /// The newest statement that goes on from a text, for the grey suggestion.
    package func suggestion(for text: String) -> String? {
        guard !text.isEmpty,
            let found = entries.last(where: { $0.hasUTF8Prefix(text) && $0 != text && !secrets.contains($0) })
        else {
            return nil
        }
        return found
    }

    /// The place of the nearest statement older (or newer, with `forward`) than the one at `index` that begins with a
    /// text and differs from `current`; nil where there is none. The line that is being typed stands at
    /// `entries.count`.
    package func place(
        from index: Int, forward: Bool, prefix: String, differentFrom current: String
    ) -> Int? {
        let places = forward ? Array(entries.indices.dropFirst(index + 1)) : entries.indices.prefix(index).reversed()
        return places.first { entries[$0].hasUTF8Prefix(prefix) && entries[$0] != current }
    }

    /// The places of the statements that contain a text, letters' case aside, newest first; none with a secret.
    package func places(containing text: String) -> [Int] {
        let wanted = text.lowercased()
        return entries.indices.reversed().filter { place in
            (wanted.isEmpty || entries[place].lowercased().contains(wanted)) && !secrets.contains(entries[place])
        }
    }
}
