import Testing

@testable import LakeScript

@Suite("Control characters on a terminal")
struct ControlCharacterTests {
    @Test(
        "what a terminal would obey is shown as its code",
        arguments: [
            ("a\u{1B}[31mb", "a\\u{1b}[31mb"), ("a\u{7}", "a\\u{7}"), ("a\u{9B}b", "a\\u{9b}b"),
            ("a\r\nb", "a\\u{d}\nb"),
            ("a\u{202E}b", "a\\u{202e}b"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("\u{200F}", "\\u{200f}"),
            ("a\tb\n", "a\tb\n"), ("ü€😀", "ü€😀"), ("", ""),
        ])
    func escaped(_ text: String, _ shown: String) {
        #expect(text.withControlsEscaped == shown)
    }
}
