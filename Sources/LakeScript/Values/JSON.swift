/// Converts between JSON and `Value`: integers stay exact and keys keep their order.
package enum JSON {
    /// An error in a JSON text, with its offset.
    package struct Failure: Error, Sendable, Equatable {
        package let message: String
        package let offset: Int

        package init(message: String, offset: Int) {
            self.message = message
            self.offset = offset
        }
    }

    /// The layout of JSON.
    package enum Layout: Sendable {
        /// One line, no blanks.
        case compact
        /// Two blanks per level.
        case indented
        /// Compact with sorted keys: equal values have equal bytes.
        case canonical
    }
}
