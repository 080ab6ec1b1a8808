package import LakeScript

/// A read that shows whether a call was done: for a call whose answer got lost, and for `ensure` after a conflict.
///
/// It is data, so that a person can be told the command, and a program can call it.
package struct Probe: Sendable {
    /// The operation to call.
    package let read: String
    /// The parameters of the read, each with the parameter of the call that has its value.
    package let arguments: KeyValuePairs<String, String>
    /// Further arguments of the read.
    package let fixed: [String: Value]
    package let recognises: Recognition

    /// The way in which the answer shows the call.
    package enum Recognition: Sendable {
        /// The answer is the thing that the call creates; `not_found` means that it was not created.
        case thing
        /// The entry of the listing whose `id` is the `prefix` is the thing.
        case entry
        /// A person has to compare: the answer does not tell this call from other ones.
        case person
    }

    package init(
        _ read: String, _ arguments: KeyValuePairs<String, String> = [:], fixed: [String: Value] = [:],
        recognises: Recognition = .thing
    ) {
        self.read = read
        self.arguments = arguments
        self.fixed = fixed
        self.recognises = recognises
    }

    /// The probe with the arguments of a call put in.
    package func lookup(for arguments: Record) -> Lookup? {
        guard let operation = Catalogue[read] else { return nil }
        var values = Record()
        for (parameter, source) in self.arguments {
            if let value = arguments.given(source) ?? arguments.given("body")?.record?.given(source) {
                values[parameter] = value
            }
        }
        for (parameter, value) in fixed { values[parameter] = value }
        return Lookup(operation: operation, arguments: values, recognises: recognises)
    }
}

/// A probe of one call: the read with its arguments.
package struct Lookup {
    package let operation: Operation
    package let arguments: Record
    package let recognises: Probe.Recognition

    /// True if it finds the thing in a listing: a read may be answered from the server's memory of a deleted thing.
    var isListing: Bool { recognises == .entry }

    /// The thing in the answer; nil if the answer does not show it.
    package func found(in answer: Value) -> Value? {
        switch recognises {
        case .thing: answer
        case .entry: answer["results"].items?.first { $0["id"] == arguments["prefix"] }
        case .person: nil
        }
    }

    /// The command as a person types it, without quotes.
    package var line: String {
        let parameters = operation.command.signature.parameters
        var words = [operation.name]
        for parameter in parameters {
            let text = arguments.given(parameter.name).map { $0.text ?? $0.interpolated }
            if parameter.isRequired {
                words.append(text ?? "?")
            } else if let text {
                words += ["--" + parameter.name, text]
            }
        }
        return words.joined(separator: " ")
    }
}
