/// The language's reference for `lakesh help`: the articles of `LakeScript.docc`, embedded into the binary by the
/// build.
package enum Reference {
    /// The articles in reading order: file name without extension, and Markdown text.
    package static let articles: [(file: String, text: String)] = [
        ("LakeScript", text(PackageResources.LakeScript_md)), ("Grammar", text(PackageResources.Grammar_md)),
        ("Values", text(PackageResources.Values_md)), ("Commands", text(PackageResources.Commands_md)),
        ("Statements", text(PackageResources.Statements_md)), ("Builtins", text(PackageResources.Builtins_md)),
        ("Errors", text(PackageResources.Errors_md)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
