internal import LakeAPI
package import LakeScript

/// The front end with files: it reads a script from its path and includes from the folders around it.
package enum ScriptFront {
    /// Reads a script.
    ///
    /// - Throws: a mistake that names the path and the system's reason.
    package static func read(_ path: String) throws(Failure) -> SourceText {
        let bytes = try FileStore().read(path)
        return SourceText(name: path, bytes: bytes, isScript: isScript(path, bytes))
    }

    /// Parses and checks a text and everything that it includes or runs. Sends nothing.
    ///
    /// - Parameters:
    ///   - text: what is read.
    ///   - kind: what it is.
    ///   - earlier: the texts that came before, which messages may speak of, too.
    ///   - profiles: those that `on` may name; nil for any.
    ///   - reserved: the names that a `param` may not take.
    ///   - wantsProgram: whether it is to be run; without it only mistakes are of interest.
    /// - Returns: the text, checked.
    package static func load(
        _ text: SourceText, as kind: Script.Kind, beside earlier: SourceMap = SourceMap(), profiles: Profiles? = nil,
        reserved: Set<String> = [], wantsProgram: Bool = true
    ) -> Script {
        var sources = earlier
        let file = sources.add(text)
        let parsed = Parser.parse(text, file: file, isPrompt: kind.isTyped)
        var surroundings = Checker.Surroundings(
            vocabulary: Catalogue.vocabulary, earlier: kind.earlier, isPrompt: kind.isPrompt,
            reservedParameters: reserved, profiles: profiles?.known, baseFolder: kind.baseFolder,
            wantsProgram: wantsProgram, patternMistake: patternMistake, loadFile: load)
        surroundings.replacementMistake = replacementMistake
        let (program, found) = Checker.check(parsed.tree, sources: &sources, in: surroundings)
        var diagnostics = (parsed.diagnostics + found).sorted {
            ($0.span.file.index, $0.span.start) < ($1.span.file.index, $1.span.start)
        }
        if !text.isScript {
            if !diagnostics.contains(where: { $0.span.file == file }) { sources.showLines(of: file) }
            diagnostics = diagnostics.ofNoScript(file)
        }
        let hasError = diagnostics.contains { $0.severity == .error }
        return Script(
            kind: kind, sources: sources, tree: parsed.tree, program: hasError ? nil : program,
            diagnostics: diagnostics)
    }

    private static func load(_ path: String, fence: String) -> Result<SourceText, Checker.LoadFailure> {
        do throws(Failure) {
            return .success(try read(path, inside: fence))
        } catch {
            // The checker names the path as the script has it.
            let known = "cannot read `\(path)`: "
            let reason = error.message.hasPrefix(known) ? String(error.message.dropFirst(known.count)) : error.message
            return .failure(Checker.LoadFailure(reason, close: closest(to: path, inside: fence)))
        }
    }

    /// The script in the same folder whose name is closest to that of a path that does not exist.
    private static func closest(to path: String, inside fence: String) -> String? {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? ""
        guard !FileStore().exists(path), leads(folder.isEmpty ? "." : folder, into: fence) else { return nil }
        let names = (try? FileStore().list(folder.isEmpty ? "." : folder)) ?? []
        let name = String(path.dropFirst(folder.count))
        return DidYouMean.closest(to: name, in: names.filter { $0.hasSuffix(".lfs") }).map { folder + $0 }
    }

    /// Returns the mistake in a replacement. With an empty alternative the pattern matches the empty text, so that the
    /// replacement is read.
    private static func replacementMistake(_ replacement: String, _ pattern: String) -> String? {
        guard let expression = try? RegularExpression(pattern + "|") else { return nil }
        do throws(Failure) {
            _ = try expression.replacing(in: "", with: Replacement(replacement))
            return nil
        } catch {
            return error.message
        }
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
