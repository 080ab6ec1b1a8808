package import LakeScript

/// The front end with files: a script's text from its path, its includes from the folders around it.
package enum ScriptFront {
    /// Reads a script.
    ///
    /// - Throws: a mistake that names the path and the system's reason.
    package static func read(_ path: String) throws(Failure) -> SourceText {
        let bytes = try FileStore().read(path)
        return SourceText(name: path, bytes: bytes, isScript: isScript(path, bytes))
    }

    /// Parses and checks a text and everything that it includes or runs. `earlier` is what came before at the prompt,
    /// `isTyped` whether its lines were typed there (nil: as `isPrompt` says), `reserved` the names that a `param` may
    /// not take, `profiles` those that `on` may name, nil for any, `baseFolder` where relative paths start if
    /// `$script_folder` is to be absolute. Gives the program, where it is wanted and there is no error, all that is to
    /// be said, and the tree.
    package static func check(
        _ text: SourceText, sources: inout SourceMap, vocabulary: Vocabulary, earlier: CheckedProgram? = nil,
        isPrompt: Bool = false, isTyped: Bool? = nil, reserved: Set<String> = [], profiles: Profiles? = nil,
        baseFolder: String? = nil, wantsProgram: Bool = true
    ) -> (program: CheckedProgram?, diagnostics: [Diagnostic], tree: SyntaxTree) {
        let file = sources.add(text)
        let parsed = Parser.parse(text, file: file, isPrompt: isTyped ?? isPrompt)
        let surroundings = Checker.Surroundings(
            vocabulary: vocabulary, earlier: earlier, isPrompt: isPrompt, reservedParameters: reserved,
            profiles: profiles?.known, baseFolder: baseFolder, wantsProgram: wantsProgram,
            patternMistake: patternMistake, loadFile: load)
        let (program, diagnostics) = Checker.check(parsed.tree, sources: &sources, in: surroundings)
        var all = (parsed.diagnostics + diagnostics).sorted {
            ($0.span.file.index, $0.span.start) < ($1.span.file.index, $1.span.start)
        }
        if !text.isScript {
            if !all.contains(where: { $0.span.file == file }) { sources.showLines(of: file) }
            all = all.ofNoScript(file)
        }
        return (all.contains { $0.severity == .error } ? nil : program, all, parsed.tree)
    }

    private static func load(_ path: String, fence: String) -> Result<SourceText, Checker.LoadFailure> {
        do throws(Failure) {
            return .success(try read(path, inside: fence))
        } catch {
            // The checker says what it could not read, as the script has it.
            let known = "cannot read `\(path)`: "
            let reason = error.message.hasPrefix(known) ? String(error.message.dropFirst(known.count)) : error.message
            return .failure(Checker.LoadFailure(reason, close: closest(to: path, inside: fence)))
        }
    }

    /// Of a path that leads nowhere, the script in the same folder whose name is most like it.
    private static func closest(to path: String, inside fence: String) -> String? {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? ""
        guard !FileStore().exists(path), leads(folder.isEmpty ? "." : folder, into: fence) else { return nil }
        let names = (try? FileStore().list(folder.isEmpty ? "." : folder)) ?? []
        let name = String(path.dropFirst(folder.count))
        return DidYouMean.closest(to: name, in: names.filter { $0.hasSuffix(".lfs") }).map { folder + $0 }
    }

    private static func patternMistake(_ pattern: String) -> String? {
        do throws(Failure) {
            _ = try RegularExpression(pattern)
            return nil
        } catch {
            return error.message
        }
    }
}
