package import LakeScript

extension Failure {
    /// Makes a failure with a code of the tests.
    package init(_ kind: Kind, _ message: String, notes: [String] = []) {
        self.init(Code("R0000", ""), kind, message, notes: notes)
    }
}
