import LakeRunner
import Testing

@testable import LakeREPL

/// The shell's own commands, and what the help says of them.
struct MetaCommandTests {
    @Test("each of the shell's commands has a section of the help that is its own", arguments: MetaCommand.allCases)
    func help(_ command: MetaCommand) throws {
        let text = try #require(Help().text(on: command.rawValue))
        #expect(text.hasPrefix("\(command.rawValue)\n") && text.contains("more: lakesh help shell"))
    }
}
