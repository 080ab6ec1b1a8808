package import LakeScript

// The failures of calls that do not fit their operation: R0441.
extension Failure {
    package static let codesOfCatalogue = [r0441]

    static let r0441 = Code(
        "R0441",
        """
        Two options of a call exclude each other, and one would be dropped silently. The check finds this where the \
        options are constant; here their values were known only during the run. Nothing was sent.
        """)
    static func droppedOption(_ name: String, _ exclusion: Command.Exclusion) -> Failure {
        Failure(
            r0441, "`\(name)` has no place beside `--\(exclusion.option)`: \(exclusion.reason)",
            notes: ["nothing was sent"])
    }
}
