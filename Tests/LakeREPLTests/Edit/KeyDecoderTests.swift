import Testing

@testable import LakeREPL

struct KeyDecoderTests {
    private func decode(_ text: String, isFinal: Bool = true) -> [UInt32] {
        var decoder = KeyDecoder()
        decoder.add(text.utf8)
        var scalars: [UInt32] = []
        while case .scalar(let scalar) = decoder.next(isFinal: isFinal) { scalars.append(scalar) }
        return scalars
    }

    @Test(
        "function keys become one code",
        arguments: [
            ("\u{1B}[A", KeyDecoder.Key.up), ("\u{1B}OA", .up), ("\u{1B}[3~", .delete), ("\u{1B}[1;5C", .wordRight),
            ("\u{1B}[200~", .paste), ("\u{1B}[Z", .backTab), ("\u{1B}\r", .newline), ("\u{1B}\n", .newline),
            ("\u{1B}[15~", .ignored), ("\u{1B}[99;99;99X", .ignored), ("\u{1B}OP", .ignored),
        ])
    func function(text: String, key: KeyDecoder.Key) {
        #expect(decode(text) == [key.rawValue])
    }

    @Test("text passes as it is, whole characters at a time")
    func text() {
        #expect(decode("aé文🎉") == [0x61, 0xE9, 0x6587, 0x1F389])
    }

    @Test("ESC before a letter stays two keys, as emacs maps bind it")
    func meta() {
        #expect(decode("\u{1B}f") == [0x1B, 0x66])
    }

    @Test("a cut sequence waits for its rest", arguments: [[0x1B], [0x1B, 0x5B], [0x1B, 0x5B, 0x31], [0xE6, 0x96]])
    func cut(bytes: [UInt8]) {
        var decoder = KeyDecoder()
        decoder.add(bytes)
        #expect(decoder.next(isFinal: false) == .more)
        #expect(decoder.next(isFinal: true) != .more)
    }

    @Test("a sequence may come in pieces")
    func pieces() {
        var decoder = KeyDecoder()
        for byte in "\u{1B}[1;5".utf8 {
            decoder.add([byte])
            #expect(decoder.next(isFinal: false) == .more)
        }
        decoder.add("D".utf8)
        #expect(decoder.next(isFinal: false) == .scalar(KeyDecoder.Key.wordLeft.rawValue))
    }

    @Test("a sequence that is cut off by another key swallows neither that key nor the text behind it")
    func cutOff() {
        let up = KeyDecoder.Key.up.rawValue
        let ignored = KeyDecoder.Key.ignored.rawValue
        #expect(decode("\u{1B}[1;\u{1B}[A") == [ignored, up])
        #expect(decode("\u{1B}[\u{3}a") == [ignored, 3, 0x61])
        #expect(decode("\u{1B}[" + String(repeating: "1", count: 32) + "ab") == [ignored, 0x61, 0x62])
    }

    @Test("bytes that are no UTF-8 become replacement characters, one each")
    func broken() {
        var decoder = KeyDecoder()
        decoder.add([0xFF, 0x41])
        #expect(decoder.next(isFinal: true) == .scalar(0xFFFD))
        #expect(decoder.next(isFinal: true) == .scalar(0x41))
    }

    @Test("control codes that come as text are not taken for keys")
    func controlCodes() {
        #expect(decode("\u{81}") == [0xFFFD])
    }

    @Test("no bytes make it stall or crash")
    func anyBytes() {
        var state: UInt64 = 7
        for _ in 0..<2000 {
            var decoder = KeyDecoder()
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                decoder.add([state >> 40 & 3 == 0 ? 0x1B : UInt8(truncatingIfNeeded: state >> 33)])
            }
            var steps = 0
            while !decoder.isEmpty, steps < 100 {
                _ = decoder.next(isFinal: true)
                steps += 1
            }
            #expect(decoder.isEmpty)
        }
    }

    @Test("a sequence that the person bound passes as characters")
    func passing() {
        var decoder = KeyDecoder()
        decoder.passing = [KeyDecoder.bytes(ofBinding: "^[[15~")]
        decoder.add("\u{1B}[15~\u{1B}[16~".utf8)
        var scalars: [UInt32] = []
        while case .scalar(let scalar) = decoder.next(isFinal: true) { scalars.append(scalar) }
        #expect(scalars == "\u{1B}[15~".unicodeScalars.map(\.value) + [KeyDecoder.Key.ignored.rawValue])
    }

    @Test("keys have the names of bind", arguments: ["^[[15~", "\\e[15~", "\\033[15~"])
    func names(name: String) {
        #expect(KeyDecoder.bytes(ofBinding: name) == Array("\u{1B}[15~".utf8))
    }

    @Test("a paste ends at its mark, wherever the terminal's bytes are cut")
    func pasted() {
        let bytes = Array("a\u{1B}[20b\u{1B}[201~c".utf8)
        for cut in bytes.indices {
            var decoder = KeyDecoder()
            var pasted: [UInt8] = []
            decoder.add(bytes[..<cut])
            let isCutWhole = decoder.takePasted(into: &pasted)
            decoder.add(bytes[cut...])
            #expect(isCutWhole || decoder.takePasted(into: &pasted))
            #expect(pasted == Array("a\u{1B}[20b".utf8))
            #expect(decoder.next(isFinal: true) == .scalar(0x63))
        }
    }

    @Test("pasted text has plain line ends and no control characters")
    func cleaned() {
        #expect(EditlineEditor.cleaned(Array("a\r\nb\rc\n\u{1B}[31m\td\n".utf8)) == "a\nb\nc\n[31m\td")
        // A terminal without libedit's modes swaps the two line ends.
        #expect(EditlineEditor.cleaned(Array("a\n\r\n\rb\rc\r\rd".utf8)) == "a\n\nb\nc\n\nd")
    }
}
