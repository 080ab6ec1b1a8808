internal import LakeAssist

/// The entered statements, newest last, without duplicates.
///
/// Navigation works on an array of its own, since libedit's history cuts long lines and drops trailing blanks. The file
/// is shared by all shells of a user (`HistoryFile`). A statement that contains a secret is kept until the shell ends
/// and is never written.
package final class History {
    private let file: HistoryFile?
    private let capacity: Int
    /// Statements that contain a secret: Up finds them; suggestions and searches do not.
    private var secrets: Set<String> = []
    /// The statements, oldest first.
    package private(set) var entries: [String] = []

    /// Makes a history with a file, or one that ends with the shell.
    package init(file: HistoryFile?, capacity: Int = 10_000) {
        self.file = file
        self.capacity = capacity
        entries = file?.load(capacity: capacity) ?? []
    }

    /// Adds a statement; a secret one is not written to the file. A statement that begins with a blank is not added.
    /// Returns the reason if the file could not be written.
    @discardableResult
    package func add(_ text: String, isSecret: Bool) -> String? {
        guard let first = text.first, !first.isWhitespace else { return nil }
        if entries.last != text {
            // Recent duplicates are removed at once, older ones when the file is read next.
            if let place = entries.suffix(200).lastIndex(of: text) { entries.remove(at: place) }
            entries.append(text)
            if entries.count > capacity { entries.removeFirst(entries.count - capacity) }
        }
        guard isSecret else { return file?.append(text) }
        secrets.insert(text)
        return nil
    }

    /// Returns the newest statement that continues a text, for the grey suggestion.
    package func suggestion(for text: String) -> String? {
        guard !text.isEmpty,
            let found = entries.last(where: { $0.hasUTF8Prefix(text) && $0 != text && !secrets.contains($0) })
        else {
            return nil
        }
        return found
    }

    /// Returns the index of the nearest statement before `index` (after it with `forward`) that begins with a text and
    /// differs from `current`, or nil. The line that is being typed has the index `entries.count`.
    package func place(
        from index: Int, forward: Bool, prefix: String, differentFrom current: String
    ) -> Int? {
        let places = forward ? Array(entries.indices.dropFirst(index + 1)) : entries.indices.prefix(index).reversed()
        return places.first { entries[$0].hasUTF8Prefix(prefix) && entries[$0] != current }
    }

    /// Returns the indices of the statements that contain a text, ignoring case, newest first; none with a secret.
    package func places(containing text: String) -> [Int] {
        let wanted = text.lowercased()
        return entries.indices.reversed().filter { place in
            (wanted.isEmpty || entries[place].lowercased().contains(wanted)) && !secrets.contains(entries[place])
        }
    }
}
