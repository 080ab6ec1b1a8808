/// The language's manual, as `lakesh help` shows it: the articles of `LakeScript.docc`, which the build embeds in the
/// binary.
package enum Manual {
    /// The articles in reading order: the file's name without its ending, and its Markdown.
    package static let articles: [(file: String, text: String)] = [
        ("LakeScript", text(PackageResources.LakeScript_md)), ("Grammar", text(PackageResources.Grammar_md)),
        ("Values", text(PackageResources.Values_md)), ("Commands", text(PackageResources.Commands_md)),
        ("Statements", text(PackageResources.Statements_md)), ("Builtins", text(PackageResources.Builtins_md)),
        ("Errors", text(PackageResources.Errors_md)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
