internal import HTTP
internal import Hashing
public import IPFS
public import Records

extension KuboRPC {
  private static let pieceLength = 64 << 10

  /// Some blocks of one DAG on the way to a node.
  struct Shipment: Sendable {
    var root: CID
    /// Which blocks of the visit go; nil: all.
    var marks: BlockMarks?
    /// How many go.
    var blocks: Int
    /// The bytes of their sections in an archive.
    var sections: Int

    /// The length of a block's section in an archive.
    static func length(of cid: CID, _ count: Int) -> Int {
      let inner = cid.byteCount + count
      return Varint.length(of: UInt64(inner)) + inner
    }
  }

  /// Sends blocks as an archive, as it is read, and has the node pin its root.
  ///
  /// What the node says of it is held against what was sent: the root, the number of blocks, the pin.
  func send(
    _ shipment: Shipment, from repository: Repository,
    progress: (@Sendable (_ sent: Int, _ total: Int?) -> Void)? = nil
  ) async throws(Failure) {
    let boundary =
      "sandrun-\(hexadecimal(.random(in: .min ... .max)))\(hexadecimal(.random(in: .min ... .max)))"
    let head = Array(
      """
      --\(boundary)\r
      Content-Disposition: form-data; name="file"; filename="dag.car"\r
      Content-Type: application/vnd.ipld.car\r
      \r\n
      """.utf8)
    let tail = Array("\r\n--\(boundary)--\r\n".utf8)
    let header = try Self.header(of: shipment.root, in: repository)
    var command = Command("dag/import", ["pin-roots": "true", "stats": "true"])
    command.contentType = "multipart/form-data; boundary=\(boundary)"
    command.progress = progress
    command.body = .stream(
      length: head.count + header.count + shipment.sections + tail.count
    ) { writer in
      try await writer.write(head)
      var piece = header
      var visit = BlockVisit(shipment.root)
      while let step = try await visit.next(reading: { (cid) throws(Failure) in
        try local(cid, in: repository)
      }) {
        guard shipment.marks?[step.index] ?? true else { continue }
        let bytes = try step.bytes ?? local(step.cid, in: repository)
        Varint.append(UInt64(step.cid.byteCount + bytes.count), to: &piece)
        piece += step.cid.bytes
        piece += bytes
        guard piece.count >= Self.pieceLength else { continue }
        try await writer.write(piece)
        piece = []
      }
      try await writer.write(piece + tail)
    }
    try await judge(command, shipment)
  }

  private func judge(_ command: Command, _ shipment: Shipment) async throws(Failure) {
    var root: JSON?
    var blocks: Int?
    try await lines(
      command, limit: 16,
      begin: {
        root = nil
        blocks = nil
      }
    ) { (line) throws(Failure) in
      if let told = line["Root"] { root = told }
      if let told = line["Stats"]?["BlockCount"]?.integer { blocks = told }
    }
    guard let root else { throw strange(command, "no root") }
    guard let text = root["Cid"]?["/"]?.string, let cid = try? CID(parsing: text),
      cid.v1 == shipment.root.v1
    else { throw strange(command, "another root than \(shipment.root)") }
    if let reason = root["PinErrorMsg"]?.string, !reason.isEmpty {
      throw Failure(kubo: reason, from: self, command)
    }
    guard let blocks, blocks == shipment.blocks else {
      throw strange(
        command,
        "\(blocks.map { "\($0)" } ?? "no number of") blocks, where \(shipment.blocks) were sent")
    }
  }

  /// An archive of no blocks is its header.
  private static func header(of root: CID, in repository: Repository) throws(Failure) -> [UInt8] {
    do {
      var archive = try CARWriter([root], holding: [], from: repository)
      return try archive.piece() ?? []
    } catch {
      throw Failure(.io, "\(error)")
    }
  }

  private func hexadecimal(_ number: UInt64) -> String { String(number, radix: 16) }
}

/// A block of our own.
func local(_ cid: CID, in repository: Repository) throws(Failure) -> [UInt8] {
  do { return try repository.block(cid) } catch {
    if case .notFound = error {
      throw Failure(.missingInput, "\(error)", code: "not-found")
    }
    throw Failure(.io, "\(error)")
  }
}

extension KuboRPC {
  /// Hands over the archive that the node sends for a DAG, piece by piece; proved by nobody yet.
  ///
  /// Throws, behind the last piece, where the node says that it is not whole: then it is not to be taken for it; and 69 `not-found`
  /// where nothing comes for a while. A node says nothing while it looks for a block, and looks for ever: who asks it for that block
  /// is told.
  public func export(
    _ cid: CID, _ take: (_ piece: [UInt8]) async throws(Failure) -> Void
  ) async throws(Failure) {
    var command = Command("dag/export", ["arg": "\(cid)"])
    // What was handed over cannot be taken back.
    command.isRepeatable = false
    command.idleTimeout = idleTimeout.map { $0 / 4 }
    do throws(Failure) {
      try await ask(command) { (answer) throws(HTTPError) -> Result<Void, Failure> in
        var chunks = answer.body.makeAsyncIterator()
        while let chunk = try await chunks.next() {
          do throws(Failure) { try await take(chunk) } catch { return .failure(error) }
        }
        return .success(())
      }
    } catch {
      guard error.code == "silent" else { throw error }
      throw Failure(
        .unavailable, "\(name) sends no more of \(cid)", code: "not-found", isRetryable: true)
    }
  }
}
