import LakeAPI
import LakeScript

/// Writing of objects: upload, copy, link, delete. `ObjectReadHandlers` reads them.
enum ObjectHandlers {
    static let handlers: [String: Handler] = [
        "upload_object": Handler("fs:WriteObject", Resource.object, upload),
        "upload_object_preflight": Handler("fs:WriteObject", Resource.object, checks: [], Handler.preflight),
        "stage_object": Handler("fs:WriteObject", Resource.object, stage),
        "copy_object": Handler(
            .permissions([
                Permission("fs:ReadObject", Resource.object("src_path")),
                Permission("fs:WriteObject", Resource.object("dest_path")),
            ]), copy),
        "delete_object": Handler("fs:DeleteObject", Resource.object, checks: Checks.objectOnBranch, delete),
        "delete_objects": Handler(.login, first: [fewPaths], later: [toDelete], deleteMany),
        "update_object_user_metadata": Handler(
            "fs:WriteObject", Resource.object, checks: Checks.objectOnBranch, updateMetadata),
        "get_physical_address": Handler("fs:WriteObject", Resource.object, physicalAddress),
        "link_physical_address": Handler("fs:WriteObject", Resource.object, link),
    ]

    /// Largest number of paths in one request.
    private static let maximumPaths = 1000

    private static let upload: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        try checkBranch(exchange, repository)
        let onlyNew = try isOnlyNew(exchange)
        let content = try UploadedContent(
            exchange.request, takesRawBodies: Contract.takesRawBodies(state.profile.release))
        var entry = store(content.bytes, contentType: content.type, in: repository, &state, exchange)
        entry.metadata = userMetadata(exchange)
        try put(entry, onlyNew: onlyNew, &state, exchange)
        return .json(
            201, ObjectAnswer.value(of: entry, at: exchange.query("path"), showsMetadata: !state.profile.isOld))
    }

    /// Returns true if the object must not exist yet. The imitated stores support no other condition.
    private static func isOnlyNew(_ exchange: Exchange) throws(Fault) -> Bool {
        guard exchange.headerParameters["If-Match"] == nil else { throw .notImplemented }
        guard let condition = exchange.headerParameters["If-None-Match"]?.text else { return false }
        guard isEqual(condition, "*") else { throw .notImplemented }
        return true
    }

    /// Returns the metadata in headers `X-Lakefs-Meta-…`, and that of lakectl in `X-Lakefs-Internal-…`.
    private static func userMetadata(_ exchange: Exchange) -> Record {
        var metadata = Record()
        for (name, value) in exchange.request.headers {
            let name = name.lowercased()
            for (prefix, key) in [("x-lakefs-meta-", ""), ("x-lakefs-internal-", "::lakefs::")]
            where name.begins(with: prefix) {
                metadata[key + name.droppingBytes(prefix.utf8.count)] = .string(value)
            }
        }
        return metadata
    }

    /// Returns the content type in a body, for which an empty one is none.
    private static func contentType(_ body: Value) -> String {
        let type = body["content_type"].text ?? ""
        return type.isEmpty ? ObjectAnswer.anyType : type
    }

    private static func put(
        _ entry: ObjectEntry, onlyNew: Bool = false, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) {
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.put(
                entry, at: exchange.query("path"), on: exchange.branchID, force: exchange.isForced, onlyNew: onlyNew)
        }
    }

    /// Throws if the branch in the path does not exist. Writes have an error text of their own for this.
    static func checkBranch(_ exchange: Exchange, _ repository: Repository) throws(Fault) {
        try Names.checkBranch(exchange.branchID, as: "name")
        guard repository.branches.contains(exchange.branchID) else {
            throw Fault(.notFound, "branch '\(exchange.branchID)' not found")
        }
    }

    /// Puts bytes into the store under a new address and returns their entry.
    static func store(
        _ bytes: [UInt8], contentType: String, in repository: Repository, _ state: inout SandboxState,
        _ exchange: Exchange
    ) -> ObjectEntry {
        let object = StoredObject(bytes)
        let address =
            repository.addressPrefix + PhysicalAddress.new(at: exchange.seconds, random: &state.random)
        state.repositories.objects[address] = object
        return ObjectEntry(
            checksum: object.etag, size: object.size, address: address, contentType: contentType,
            metadata: Record(), modified: exchange.seconds)
    }

    /// Links an object at any address of the server's kind of store. The branch is looked up last.
    private static let stage: Rule = { state, exchange throws(Fault) in
        _ = try state.repositories[exchange.repositoryID]
        let (body, address) = (exchange.body, exchange.field("physical_address"))
        let storage = state.configuration.storage.rawValue
        guard address.begins(with: storage + "://") else {
            throw Fault(.invalid, "physical address is not valid for block adapter: " + storage)
        }
        try Checks.branch(exchange)
        let entry = ObjectEntry(
            checksum: exchange.field("checksum"), size: body["size_bytes"].integer ?? 0, address: address,
            contentType: contentType(body),
            metadata: body["metadata"].record ?? Record(),
            modified: body["mtime"].integer ?? exchange.seconds)
        try put(entry, &state, exchange)
        let showsMetadata = !body["metadata"].isNull
        return .json(201, ObjectAnswer.value(of: entry, at: exchange.query("path"), showsMetadata: showsMetadata))
    }

    private static let copy: Rule = { state, exchange throws(Fault) in
        let (path, destination) = (exchange.field("src_path"), exchange.query("dest_path"))
        let repository = try state.repositories[exchange.repositoryID]
        try checkBranch(exchange, repository)
        guard !exchange.bodyFlag("shallow") else { throw .notImplemented }
        try Names.checkPath(path)
        let reference = exchange.field("src_ref")
        var entry = try repository.object(path, at: reference.isEmpty ? exchange.branchID : reference)
        let bytes = state.repositories.objects[entry.address]
        entry.address = repository.addressPrefix + PhysicalAddress.new(at: exchange.seconds, random: &state.random)
        entry.modified = exchange.seconds
        state.repositories.objects[entry.address] = bytes
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.put(entry, at: destination, on: exchange.branchID, force: exchange.isForced)
        }
        return .json(201, ObjectAnswer.value(of: entry, at: destination, showsMetadata: !state.profile.isOld))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try remove(exchange.query("path"), &state, exchange)
        return .noContent
    }

    private static func remove(_ path: String, _ state: inout SandboxState, _ exchange: Exchange) throws(Fault) {
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.remove(path, on: exchange.branchID, force: exchange.isForced)
        }
    }

    private static func paths(_ exchange: Exchange) -> [String] {
        (exchange.body["paths"].items ?? []).compactMap(\.text)
    }

    private static let fewPaths: Check = { exchange throws(Fault) in
        guard paths(exchange).count <= maximumPaths else {
            throw Fault(.invalid, "request size exceeded, max paths is set to \(maximumPaths)")
        }
    }

    private static let toDelete = Permission("fs:DeleteObject", Resource.object)

    /// Asks for the permission on each path and lists the objects that were not deleted.
    ///
    /// An unknown branch is no error here. An empty path is no error either, but prevents every removal. Each missing
    /// permission is an answer of its own with the status 401; all of them and the list are written one after another.
    private static let deleteMany: Rule = { state, exchange throws(Fault) in
        _ = try state.repositories[exchange.repositoryID]
        var (allowed, errors, refusals): ([String], [Value], [UInt8]) = ([], [], [])
        for path in paths(exchange) {
            do throws(Fault) {
                try exchange.authorize([toDelete], with: ["path": .string(path)], in: state)
                allowed.append(path)
            } catch {
                errors.append(value(of: Fault(error.kind, "Unauthorized"), path))
                refusals += JSON.write(["message": .string(error.text)], layout: .compact) + [0x0A]
            }
        }
        for path in allowed where !allowed.contains("") {
            do throws(Fault) { try remove(path, &state, exchange) } catch {
                if error != .branchNotFound { errors.append(value(of: error, path)) }
            }
        }
        let list: Value = ["errors": .list(errors)]
        guard !refusals.isEmpty else { return .json(200, list) }
        let body = refusals + JSON.write(list, layout: .compact) + [0x0A]
        return Reply(401, .bytes(body, contentType: "application/json"))
    }

    private static func value(of fault: Fault, _ path: String) -> Value {
        ["message": .string(fault.text), "path": .string(path), "status_code": .int(fault.kind.rawValue)]
    }

    private static let updateMetadata = changing { repository, exchange throws(Fault) in
        let (path, branch) = (exchange.query("path"), exchange.branchID)
        _ = try repository.writableBranch(branch, force: exchange.isForced)
        var entry = try within("update user metadata on \(repository.id)/\(branch)/\(path)") { () throws(Fault) in
            try repository.object(path, at: branch)
        }
        entry.metadata = exchange.body["set"].record ?? Record()
        try repository.put(entry, at: path, on: branch, force: exchange.isForced)
        return .noContent
    }

    private static let physicalAddress: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        if state.profile.isOld { return try addressWithToken(&state, exchange) }
        try checkBranch(exchange, repository)
        let address = PhysicalAddress.signed(
            PhysicalAddress.new(at: exchange.seconds, random: &state.random), exchange.binding, key: state.signingKey)
        let whole = repository.addressPrefix + address
        guard exchange.flag("presign") else {
            return .json(200, ["physical_address": .string(whole), "presigned_url": nil])
        }
        guard state.configuration.storage == .s3 else { throw PresignedURL.unsupported }
        let url = PresignedURL.put(whole, exchange, key: state.signingKey)
        return .json(
            200,
            [
                "physical_address": .string(whole), "presigned_url": .string(url),
                "presigned_url_expiry": .int(exchange.seconds + PresignedURL.lifetime),
            ])
    }

    /// Answers an address of 0.90, which has a token instead of a signature and can be linked once, at any path.
    private static func addressWithToken(_ state: inout SandboxState, _ exchange: Exchange) throws(Fault) -> Reply {
        guard !exchange.flag("presign") else { throw PresignedURL.unsupported }
        let address = PhysicalAddress.new(at: exchange.seconds, random: &state.random)
        let branch = exchange.branchID
        return try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            let head = try repository.branch(branch).head
            repository.linkable.insert(address)
            return .json(
                200,
                [
                    "physical_address": .string(repository.addressPrefix + address), "presigned_url": nil,
                    "token": .string("\(repository.id)-\(branch):\(head.prefix(32))"),
                ])
        }
    }

    /// Throws if an address without the namespace may not be linked.
    private static func checkLink(
        _ address: String, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) {
        guard state.profile.isOld else {
            return try PhysicalAddress.check(address, exchange.binding, at: exchange.seconds, key: state.signingKey)
        }
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            guard repository.linkable.contains(address) else { throw Fault(.notFound, "address token not found") }
            repository.linkable[address] = nil
        }
    }

    private static let link: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        let onlyNew = try isOnlyNew(exchange)
        let body = exchange.body
        let address = body["staging"]["physical_address"].text ?? ""
        let relative = try repository.relative(address)
        try checkLink(relative, &state, exchange)
        let checksum = String(exchange.field("checksum").trimming { $0 == "\"" || $0.isWhitespace })
        guard !checksum.isEmpty else { throw Fault(.invalid, "checksum is required") }
        var entry = ObjectEntry(
            checksum: checksum, size: body["size_bytes"].integer ?? 0, address: address,
            contentType: contentType(body),
            metadata: body["user_metadata"].record ?? Record(), modified: body["mtime"].integer ?? exchange.seconds)
        try put(entry, onlyNew: onlyNew, &state, exchange)
        if state.profile.isOld { entry.address = relative }
        return .json(200, ObjectAnswer.value(of: entry, at: exchange.query("path")))
    }
}

extension Exchange {
    /// Repository, branch and path to which a signed address of this request is bound.
    var binding: PhysicalAddress.Binding {
        PhysicalAddress.Binding(repository: repositoryID, branch: branchID, path: query("path"))
    }
}

extension Repository {
    /// Returns an address without the namespace.
    ///
    /// - Throws: a fault if the address is outside the namespace.
    func relative(_ address: String) throws(Fault) -> String {
        guard address.begins(with: addressPrefix) else {
            throw Fault(.invalid, "physical address must be relative to the storage namespace")
        }
        return address.droppingBytes(addressPrefix.utf8.count)
    }
}
