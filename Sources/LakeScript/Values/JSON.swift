/// JSON and `Value`, both ways: integers exact, key order kept, bytes in and bytes out.
package enum JSON {
    /// What is wrong with a text, and at which byte.
    package struct Failure: Error, Sendable, Equatable {
        package let message: String
        package let offset: Int

        package init(message: String, offset: Int) {
            self.message = message
            self.offset = offset
        }
    }

    /// How JSON is laid out.
    package enum Layout: Sendable {
        /// One line, no blanks.
        case compact
        /// Two blanks a level.
        case indented
        /// Compact with sorted keys: equal values give equal bytes.
        case canonical
    }
}
