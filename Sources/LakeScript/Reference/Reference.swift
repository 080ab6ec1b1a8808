/// The language's reference, as `lakesh help` shows it: the articles of `LakeScript.docc` themselves, which the build puts
/// into the binary, so that there is one text and no copy that could be another.
package enum Reference {
    /// The articles in the order in which they are read: their file's name without its ending, and their Markdown.
    package static let articles: [(file: String, text: String)] = [
        ("LakeScript", text(PackageResources.LakeScript_md)), ("Grammar", text(PackageResources.Grammar_md)),
        ("Values", text(PackageResources.Values_md)), ("Commands", text(PackageResources.Commands_md)),
        ("Statements", text(PackageResources.Statements_md)), ("Builtins", text(PackageResources.Builtins_md)),
        ("Errors", text(PackageResources.Errors_md)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
