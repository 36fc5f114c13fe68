internal import Files
internal import HTTPTypes
internal import Hummingbird
internal import IPFS
internal import NIOCore
internal import NodeContent
internal import NodeEngine
internal import Records
internal import Synchronization
internal import SystemPackage

extension Routes {
  /// `POST /ipfs`: takes a CAR; its blocks are on disk before the answer.
  func upload(_ call: Call) async throws -> Response {
    guard Self.mediaType(call.headers[.contentType]) == "application/vnd.ipld.car" else {
      throw RequestError(
        .unsupportedMediaType, "the content type is not application/vnd.ipld.car")
    }
    try admit(call)
    let lease = engine.content.lease()
    defer { lease.release() }
    let batch = lease.repository.batch()
    let intake = CARIntake(into: batch, limit: options.maxUpload)
    let reader: CARReader
    do {
      try await gather(call) { stretch in try await Blocking.run { try intake.digest(stretch) } }
      reader = try await Blocking.run {
        let reader = try intake.finish()
        try batch.commit()
        return reader
      }
    } catch let error as CARError {
      throw RequestError(error)
    } catch let error as RepositoryError {
      throw RequestError(error)
    }
    try await engine.keep(uploads: reader.roots, written: lease)
    return Response([
      "roots": .array(reader.roots.map { .string("\($0)") }),
      "blocks": .integer(reader.blockCount), "bytes": .integer(reader.byteCount),
    ])
  }

  /// Hands over a body in stretches, so that threads are changed seldom; the next one comes in while one is digested.
  private func gather(
    _ call: Call, _ digest: @escaping @Sendable ([ByteBuffer]) async throws -> Void
  ) async throws {
    let body = try await call.body()
    try await withThrowingTaskGroup(of: Void.self) { group in
      var room = RoomCheck(engine)
      var stretch: [ByteBuffer] = []
      var length = 0
      for try await piece in body {
        traffic.receive(piece.readableBytes)
        try room.count(piece.readableBytes)
        stretch.append(piece)
        length += piece.readableBytes
        guard length >= Self.stretch else { continue }
        try await group.next()
        group.addTask { [stretch] in try await digest(stretch) }
        (stretch, length) = ([], 0)
      }
      try await group.waitForAll()
      try await digest(stretch)
    }
  }

  private static let stretch = 1 << 20

  /// Refuses an upload that cannot end well before any of it is read.
  func admit(_ call: Call) throws {
    if engine.isDraining { throw RequestError.draining }
    let length = call.declaredLength ?? 0
    guard length <= options.maxUpload else {
      throw RequestError(
        .contentTooLarge, "the upload has more than \(options.maxUpload) bytes")
    }
    try engine.checkRoom(for: length)
  }

  static func mediaType(_ field: String?) -> String {
    let type = (field ?? "").prefix { $0 != ";" }
    return String(type.drop { $0 == " " }.prefix { $0 != " " }).lowercased()
  }
}

/// Asks now and then whether there is room for more; what was said of a body's length need not be true.
struct RoomCheck {
  private let engine: Engine
  private var sinceLast = 0
  private static let stretch = 32 << 20

  init(_ engine: Engine) { self.engine = engine }

  mutating func count(_ bytes: Int) throws(EngineError) {
    sinceLast += bytes
    guard sinceLast >= Self.stretch else { return }
    sinceLast = 0
    try engine.checkRoom(for: Self.stretch)
  }
}

/// A CAR on its way in, read by one thread at a time.
private final class CARIntake: Sendable {
  private let reader: Mutex<CARReader>

  init(into batch: Batch, limit: Int) {
    reader = Mutex(CARReader(into: batch, limits: CARReader.Limits(bytes: limit)))
  }

  /// Reads some pieces.
  func digest(_ stretch: [ByteBuffer]) throws(CARError) {
    try reader.withLock { reader throws(CARError) in
      for piece in stretch { try reader.feed(piece.readableBytesSpan) }
    }
  }

  /// The reader, after its archive has come to its end, for what it has to tell.
  func finish() throws(CARError) -> CARReader {
    try reader.withLock { reader throws(CARError) in
      try reader.finish()
      return reader
    }
  }
}

extension RequestError {
  /// What a client is told of its archive.
  init(_ error: CARError) {
    switch error {
    case .tooLong(let limit):
      self.init(.contentTooLarge, "the upload has more than \(limit) bytes")
    case .repository(let error): self.init(error)
    default: self.init(.badRequest, "the archive is refused", details: "\(error)")
    }
  }

  /// What a client is told where blocks cannot be kept or read.
  init(_ error: RepositoryError) {
    switch error {
    case .notFound(let cid):
      self.init(.notFound, "the node does not hold \(cid)", details: "\(cid)")
    case .unsupportedHash(let cid):
      self.init(.notFound, "the node does not hold \(cid)", details: "its hash is not SHA-256")
    case .tooLarge(let size):
      self.init(.badRequest, "a block of \(size) bytes is too large")
    case .file(let error) where error.errno == .noSpace || error.errno == .diskQuotaExceeded:
      self = .diskFull
    case .corrupt, .unknownFormat, .file: self = .inside
    }
  }
}
