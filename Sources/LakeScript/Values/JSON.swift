/// Converts between JSON and `Value`: integers are exact, keys keep their order.
package enum JSON {
    /// A syntax error and its offset.
    package struct Failure: Error, Sendable, Equatable {
        package let message: String
        package let offset: Int

        package init(message: String, offset: Int) {
            self.message = message
            self.offset = offset
        }
    }

    package enum Layout: Sendable {
        /// One line, no blanks.
        case compact
        /// Two blanks a level.
        case indented
        /// Compact with sorted keys: equal values give equal bytes.
        case canonical
    }
}
