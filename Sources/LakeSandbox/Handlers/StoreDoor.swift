import LakeAPI
import LakeScript

/// What a client fetches or puts beside the API: presigned addresses of the object store, outside `/api/v1`.
enum StoreDoor {
    /// Answers a request whose path is not below `/api/v1`; nil where no address of the store is meant.
    static func answer(_ request: HTTPRequest, in state: inout SandboxState, at now: Instant) -> HTTPResponse? {
        nil
    }
}
