extension [Diagnostic] {
    /// What may be said of a file that is no script by its name: where it is none, and no word of it. It may hold a
    /// secret, and what is said may come to be read by many: in the log of a check of somebody's proposal.
    ///
    /// - Parameter file: that file.
    /// - Returns: the one thing to say of it, and what was found in other files.
    package func ofNoScript(_ file: FileID) -> [Diagnostic] {
        let others = filter { $0.span.file != file }
        guard let first = first(where: { $0.span.file == file && $0.severity == .error }) else { return others }
        return [CheckMessages.noScript(at: first.span)] + others
    }
}

extension CheckMessages {
    static func noScript(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0321", "this is no .lfs script", at: span,
            notes: [
                "what is wrong is shown of files whose name ends in .lfs, or whose first line begins with #! and names lakesh"
            ])
    }

    static func notNamedAsScript(_ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0321", "`\(keyword)` takes a script, whose name ends in .lfs", at: span, label: "this one does not")
    }
}
