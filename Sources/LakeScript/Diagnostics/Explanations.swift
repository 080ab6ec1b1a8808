/// The codes of the check, E and W, in the order of their names.
///
/// A test holds that every code has a page, that its wrong example gives that very code and its right one gives nothing.
package enum Explanations {
    package typealias Explanation = Failure.Code

    package static let all: [Explanation] = lexical + syntax + names + calls + types + flow + warnings
}
