internal import Files
internal import HTTPTypes
internal import Hummingbird
internal import IPFS
internal import Marketplace
internal import NIOCore
internal import NodeAPI
internal import NodeContent
internal import NodeEngine
internal import Records
internal import SystemPackage

extension Routes {
  /// `POST /submit`: takes a job; it is on disk before the answer, or nothing of it is.
  func submit(_ call: Call) async throws -> Response {
    try admit(call)
    let key = try Self.key(call.headers)
    var parser: MultipartParser
    do throws(MultipartError) {
      guard Self.mediaType(call.headers[.contentType]) == "multipart/form-data" else {
        throw MultipartError.noBoundary
      }
      parser = try MultipartParser(contentType: call.headers[.contentType] ?? "")
    } catch {
      throw RequestError(
        .unsupportedMediaType, "the content type is not multipart/form-data with a boundary")
    }
    let folder: FilePath
    do { folder = try uploads.begin() } catch { throw RequestError(error) }
    let result: Result<Accepted, any Error>
    do {
      result = .success(try await accept(call, &parser, key, in: folder))
    } catch {
      result = .failure(error)
    }
    try? await Blocking.runLong { try Files.removeTree(folder) }
    let accepted = try result.get()
    return Response([
      "job_id": .string("\(accepted.id)"), "status": .string(accepted.state.rawValue),
      "position": accepted.position.map { .integer($0) } ?? .null,
    ])
  }

  private func accept(
    _ call: Call, _ parser: inout MultipartParser, _ key: String?, in folder: FilePath
  ) async throws -> Accepted {
    let intake = Intake(
      into: folder, limits: Intake.Limits(bytes: options.maxUpload, files: options.maxFiles),
      hashed: key != nil)
    try await take(call, &parser, into: intake)
    let content = intake.content()
    let manifest = try content.manifest.map { try Manifest($0) } ?? Manifest(Array("{}".utf8))
    let lease = engine.content.lease()
    defer { lease.release() }
    var submission: Submission
    if let named = manifest.content {
      guard content.files.isEmpty, content.script == nil else {
        throw RequestError(.badRequest, "the form has files beside 'spec' and 'code'")
      }
      submission = try await Self.known(named.specification, named.code, lease)
    } else {
      submission = try await made(manifest, content, in: folder, lease)
    }
    submission.idempotencyKey = key
    submission.bodyDigest = key == nil ? nil : content.digest
    submission.escrow = manifest.escrow
    try await checkEscrow(of: submission)
    return try await engine.submit(submission, written: lease)
  }

  /// Has the chain say whether a job is in escrow as it is told, or is where it is not said to be.
  private func checkEscrow(of submission: Submission) async throws {
    guard let check = options.escrows else {
      guard submission.escrow != nil else { return }
      throw RequestError(
        .badRequest, "the node takes no jobs in escrow", details: "it runs without --claim")
    }
    do throws(EscrowRefusal) { try await check(submission) } catch {
      switch error {
      case .refused(let why):
        throw RequestError(.badRequest, "the job in escrow is refused", details: why)
      case .unavailable(let why):
        options.note("a job in escrow cannot be checked: \(why)")
        throw RequestError(
          .serviceUnavailable, "the node cannot ask the chain now", retryAfter: 10)
      case .hidden(let why): throw RequestError.hidden(why)
      }
    }
  }

  private func take(
    _ call: Call, _ parser: inout MultipartParser, into intake: Intake
  ) async throws {
    var room = RoomCheck(engine)
    var total = 0
    do {
      for try await piece in try await call.body() {
        total += piece.readableBytes
        guard total <= options.maxUpload else {
          throw RequestError(
            .contentTooLarge, "the upload has more than \(options.maxUpload) bytes")
        }
        traffic.receive(piece.readableBytes)
        try room.count(piece.readableBytes)
        parser.feed(piece)
        while let event = try parser.next() {
          guard try intake.take(event) else { continue }
          let ends = event == .partEnd
          try await Blocking.run { try intake.write(ends: ends) }
        }
      }
      try parser.finish()
    } catch let error as MultipartError {
      throw RequestError(.badRequest, "the form is malformed", details: "\(error)")
    }
  }

  /// A job whose specification and code the node holds already, whole.
  private static func known(
    _ specification: CID, _ code: CID, _ lease: ContentLease
  ) async throws -> Submission {
    guard specification.codec == .raw, code.codec == .dagPB else {
      throw RequestError(.badRequest, "'spec' is no raw block, or 'code' no folder")
    }
    return try await Blocking.runLong {
      do {
        if let missing = try lease.hold([specification, code]) {
          throw RequestError(EngineError.missingContent(missing))
        }
        let bytes = try lease.repository.block(specification)
        guard let object = try? JSON(parsing: bytes).object else {
          throw RequestError(.badRequest, "the block of 'spec' is no specification")
        }
        let job: Job
        do throws(JobError) { job = try Job(object) } catch {
          throw RequestError(.badRequest, "the job is refused", details: "\(error)")
        }
        let inputs = job.inputs.compactMap { try? CID(parsing: $0.cid) }
        if let missing = try inputs.isEmpty ? nil : lease.hold(inputs) {
          throw RequestError(EngineError.missingContent(missing))
        }
        return Submission(job: object, code: code, specification: specification)
      } catch let error as ReadError {
        throw RequestError(error)
      } catch let error as RepositoryError {
        throw RequestError(error)
      }
    }
  }

  /// A job made of what was sent.
  private func made(
    _ manifest: Manifest, _ content: Intake.Content, in folder: FilePath, _ lease: ContentLease
  ) async throws -> Submission {
    guard !content.files.isEmpty || content.script != nil else {
      throw RequestError(.badRequest, "the form has no files, and its manifest names no content")
    }
    let code = JobFolder(path: folder.appending("code"))
    let archives = content.files.filter(\.isArchive)
    guard archives.count <= 1 else {
      throw RequestError(.badRequest, "the form has more than one archive")
    }
    if let archive = archives.first {
      // What is unpacked is there twice for a while: as files, and as blocks.
      let room = engine.room / 2
      let opener = ArchiveOpener(
        program: options.unpacker, maxBytes: max(1, min(options.maxUpload, room)),
        maxFiles: options.maxFiles)
      do {
        try await opener.open(archive.path, named: archive.name, into: code.path)
      } catch {
        // It may be larger than the room that is left: with more of that it may be taken.
        throw room < options.maxUpload ? RequestError.diskFull : error
      }
    }
    let singles = content.files.filter { !$0.isArchive } + (content.script.map { [$0] } ?? [])
    // Only for those who name one: it takes a while to find out.
    let maker = JobMaker(
      environments: manifest.template == nil ? [] : await surroundings.environments())
    return try await Blocking.runLong {
      try code.place(singles)
      let job = try maker.job(manifest, in: code, script: content.script?.name)
      let specification: Specification
      do { specification = try Specification(of: job.json) } catch {
        throw RequestError(.badRequest, "the job is refused", details: "\(error)")
      }
      var importing = ImportOptions()
      // What was sent is what is run.
      importing.includesHidden = true
      let batch = lease.repository.batch()
      let importer = Importer(importing, into: batch)
      do {
        let root = try importer.add(code.path)
        let cid = try importer.add(block: specification.bytes, codec: .raw)
        try batch.commit()
        return Submission(job: job.json, code: root.cid, specification: cid)
      } catch let error as ImportError {
        throw RequestError(error)
      } catch let error as RepositoryError {
        throw RequestError(error)
      }
    }
  }

  /// The submitter's own name for this submission.
  private static func key(_ fields: HTTPFields) throws -> String? {
    guard let key = fields[.idempotencyKey] else { return nil }
    guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw RequestError(.badRequest, "the idempotency key is not 1 to 200 plain characters") }
    return key
  }
}

extension RequestError {
  /// What a client is told where what it sent cannot become content.
  init(_ error: ImportError) {
    switch error {
    case .file(let error): self.init(error)
    case .repository(let error): self.init(error)
    case .tooDeep: self.init(.badRequest, "folders lie too deep in each other")
    case .badName(let name): self.init(.badRequest, "a name cannot be a file's", details: name)
    case .collidingNames(let names):
      self.init(
        .badRequest, "names in a large folder have the same hash",
        details: names.joined(separator: ", "))
    case .unsupportedType(let path):
      self.init(
        .badRequest, "something is neither a file, a folder nor a link",
        details: path.lastComponent?.string)
    case .isDirectory, .changed, .circular, .rawLeavesWithMetadata, .cancelled: self = .inside
    }
  }
}

extension HTTPField.Name {
  static let idempotencyKey = named("Idempotency-Key")
  static let secFetchSite = named("Sec-Fetch-Site")

  private static func named(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("a field's name") }
    return name
  }
}
