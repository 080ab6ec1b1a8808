extension String {
    /// The text without white space at its ends.
    package var trimmed: String { trimmed { $0.properties.isWhitespace } }

    /// Returns the text without such scalars at its ends.
    package func trimmed(_ isPadding: (Unicode.Scalar) -> Bool) -> String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !isPadding($0) }),
            let last = scalars.lastIndex(where: { !isPadding($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
