internal import LakeScript

/// The folders that `temp_folder` made; they are removed with their contents when this is released.
final class TemporaryFolders {
    private var paths: [String] = []

    func make() throws(Failure) -> String {
        let path = try FileStore().makeTemporaryFolder("lakesh")
        paths.append(path)
        return path
    }

    deinit {
        for path in paths { FileStore().removeFolder(path) }
    }
}
