// Pasted text, which comes between marks.
extension EditlineEditor {
    /// A bracketed paste: one unit, in which nothing runs and no key acts.
    func paste() {
        var bytes: [UInt8] = []
        while !decoder.takePasted(into: &bytes) {
            // A lost end mark must not hold the shell.
            guard waitForKey(milliseconds: 1000), readKeys() else { break }
        }
        insert(EditlineEditor.cleaned(bytes))
    }

    /// Pasted text: line ends are `\n`, other controls than TAB go, one final line end too.
    static func cleaned(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        var previous: UnicodeScalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0D: text.append("\n")
            case 0x0A: if previous != "\r" { text.append("\n") }
            case 0x09: text.append(scalar)
            case 0..<0x20, 0x7F..<0xA0: break
            default: text.append(scalar)
            }
        }
        if text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
