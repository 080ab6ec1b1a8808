import TestSupport
import Testing

@testable import LakeScript

/// Texts that cannot be in a file of cases: too large, too deep, invalid UTF-8. Each has a single message and is
/// checked in limited time.
struct ExtremeTextTests {
    /// The texts that the cases of `Fixtures/script/errors/extreme.txt` name.
    private static let texts: [String: [UInt8]] = [
        "bytes that are no UTF-8": Array("print a\nprint ".utf8) + [0xFF, 0xFE] + Array(" b\n".utf8),
        "UTF-16": [0xFF, 0xFE] + "print a\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
        "a text of 50 MB": [UInt8](repeating: UInt8(ascii: "\n"), count: 50 << 20),
        "10,000 open brackets": Array(("let a = " + String(repeating: "[", count: 10_000)).utf8),
        "10,000 brackets in a command": Array(("print " + String(repeating: "(", count: 10_000)).utf8),
        "10,000 blocks": Array(String(repeating: "if true { ", count: 10_000).utf8),
        "10,000 signs": Array(("let a = " + String(repeating: "- ", count: 10_000) + "1").utf8),
        "10,000 sums": Array(("print (1" + String(repeating: " + 1", count: 10_000) + ")").utf8),
        "10,000 fields": Array(("print $a" + String(repeating: ".a", count: 10_000)).utf8),
        "a mistake behind a byte order mark": [0xEF, 0xBB, 0xBF] + Array("print $nobody\r\n".utf8),
        "a mistake in Windows lines": Array("let a = 1\r\nprint $b $a\r\n".utf8),
        "a lone quote": Array("\"".utf8),
        "a chain of 33 scripts": Array("run \"1.lfs\"\n".utf8),
        "a zero byte": Array("print a\0b\n".utf8),
    ]

    private static let chain = Dictionary(
        uniqueKeysWithValues: (1...40).map { ("\($0).lfs", "run \"\($0 + 1).lfs\"\n") })

    @Test func anExtremeTextHasItsMessage() {
        let mismatches = ChunkFile("script/errors/extreme.txt").mismatches { input in
            let name = String(input.dropLast())
            let checked = CheckedText(bytes: ExtremeTextTests.texts[name] ?? [], files: ExtremeTextTests.chain)
            let renderer = DiagnosticRenderer(sources: checked.sources, isStyled: false)
            return checked.diagnostics.map { renderer.render($0) }.joined(separator: "\n")
        }
        for (chunk, actual) in mismatches { #expect(actual == chunk.expected, "\(chunk.input)") }
    }

    @Test func eachTextHasACase() {
        let cases = ChunkFile("script/errors/extreme.txt").chunks.map { String($0.input.dropLast()) }
        #expect(cases.sorted() == ExtremeTextTests.texts.keys.sorted())
    }

    @Test func aByteOrderMarkAndWindowsLinesAreNoMistake() {
        let text = "\u{FEFF}#!/usr/bin/env lakesh\r\nlet a = \"\"\"\r\n  one\r\n  two\r\n  \"\"\"\r\nprint $a\r\n"
        #expect(CheckedText(bytes: Array(text.utf8)).lines == [])
    }
}
