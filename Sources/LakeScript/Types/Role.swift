extension Parameter {
    /// The kind of entity that a parameter's text names, for completion and for the checks of targets. The language has
    /// few roles of its own; a vocabulary adds those of its API.
    package struct Role: Sendable {
        package let name: String
        /// True if it says what an operation is about.
        let isTarget: Bool
        /// True if other targets lie in the entity: a change of one may be a change of another.
        let isContainer: Bool
        /// The names that count from an entity of a base role, which operations move: `main~1` counts from `main`.
        let relative: Relative?

        package typealias Relative = (base: String, marks: String, advice: String)

        package init(_ name: String, isTarget: Bool = false, isContainer: Bool = false, relative: Relative? = nil) {
            self.name = name
            self.isTarget = isTarget
            self.isContainer = isContainer
            self.relative = relative
        }
    }
}

extension Parameter.Role: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Parameter.Role {
    /// The role of a text that names nothing.
    package static let plain = Self("plain")
    package static let file = Self("file")
    package static let folder = Self("folder")
    /// A line of the language.
    package static let command = Self("command")
    /// A field of the records that come through the pipe.
    package static let field = Self("field")
    /// A server by its name.
    package static let profile = Self("profile")
    /// Something that `help` explains.
    package static let topic = Self("topic")
}
