internal import LakeAPI
internal import LakeScript

/// The performers of one run, each around the next:
///
///     ListingWindow ─▶ RunRecorder ─▶ LockoutGuard ─▶ Safeguard ─▶ Questions ─▶ Dispatcher ─▶ world, children, operations
///
/// The recorder counts what a script does and not the questions of the guards, which are nearer to the server.
struct PerformerStack {
    /// The outermost performer.
    let items: ListingWindow
    let recorder: RunRecorder
    let world: WorldPerformer

    /// Makes the performers of a run.
    ///
    /// - Parameters:
    ///   - connection: the servers.
    ///   - terminal: the terminal for questions and output.
    ///   - consent: the answers to questions that are given in advance.
    ///   - folders: the folders of `temp_folder`, which last longer than the run.
    ///   - options: how the script is run.
    init(
        connection: Connection, terminal: Terminal, consent: Questions.Consent, folders: TemporaryFolders,
        options: RunOptions
    ) {
        world = WorldPerformer(
            output: terminal.output, errors: terminal.errors, folders: folders, keepsPrinted: options.keepsPrinted)
        let dispatcher = Dispatcher(
            world: world, children: ChildPerformer(), operations: connection.operations)
        let questions = Questions(around: dispatcher, consent: consent, terminal: terminal)
        let safeguard = Safeguard(
            around: questions, servers: connection.server, asksBeforeDestroying: options.asksBeforeDestroying)
        let lockoutGuard = LockoutGuard(
            around: safeguard, servers: connection.server, effectIDs: connection.makeEffectIDs())
        recorder = RunRecorder(around: lockoutGuard, observer: options.observer, terminal: terminal)
        items = ListingWindow(around: recorder, limit: options.window ?? .max)
    }
}
