// Bracketed paste.
extension EditlineEditor {
    /// Reads a bracketed paste as one unit: nothing in it runs and no key in it acts.
    func paste() {
        var bytes: [UInt8] = []
        while !decoder.takePasted(into: &bytes) {
            // A lost end mark must not block the shell.
            guard waitForKey(milliseconds: 1000), readKeys() else { break }
        }
        insert(EditlineEditor.cleaned(bytes))
    }

    /// Cleans pasted text: line ends become `
    /// `, control characters other than TAB and one final line end are removed.
    static func cleaned(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        var previous: UnicodeScalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            // Of two different line ends the second belongs to the first, in either order: the terminal swaps them.
            case 0x0D where previous == "\n", 0x0A where previous == "\r":
                previous = nil
                continue
            case 0x0D, 0x0A: text.append("\n")
            case 0x09: text.append(scalar)
            case 0..<0x20, 0x7F..<0xA0: break
            default: text.append(scalar)
            }
            previous = scalar
        }
        if text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
