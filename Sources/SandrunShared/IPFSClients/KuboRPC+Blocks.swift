public import IPFS
public import Records

extension KuboRPC {
  /// The bytes that the node sends for a block, proved by nobody yet.
  ///
  /// It may ask others for them, for as long as we would wait for it; throws 69 `not-found` where nobody gives them.
  public func block(_ cid: CID, isOffline: Bool = false) async throws(Failure) -> [UInt8] {
    var command = Command("block/get", ["arg": "\(cid)"])
    if isOffline {
      command.query.append((name: "offline", value: "true"))
    } else if let idleTimeout {
      // Before our own patience ends, so that it can say that nobody has it; an archive may have been waited for before.
      let milliseconds = max(1, Int(idleTimeout * 0.7 / .milliseconds(1)))
      command.query.append((name: "timeout", value: "\(milliseconds)ms"))
    }
    return try await bytes(command, limit: Block.maximumLength)
  }

  /// The length that the node says a block of its own has; nil where it says that it has no such block.
  ///
  /// Throws 76 where it tells of another block.
  public func length(of cid: CID) async throws(Failure) -> Int? {
    let command = Command("block/stat", ["arg": "\(cid)", "offline": "true"])
    let answer: JSON
    do throws(Failure) { answer = try await object(command) } catch {
      if error.code == "not-found" { return nil }
      throw error
    }
    guard let size = answer["Size"]?.integer, (0...Block.maximumLength).contains(size) else {
      throw strange(command, "no size that a block can have")
    }
    guard let key = answer["Key"]?.string, let told = try? CID(parsing: key), told.v1 == cid.v1
    else { throw strange(command, "another block than \(cid)") }
    return size
  }

  /// Takes a block from the node, unless it is pinned; says whether the node had it.
  public func remove(_ cid: CID) async throws(Failure) -> Bool {
    let command = Command("block/rm", ["arg": "\(cid)"])
    let answer = try await object(command)
    guard let error = answer["Error"]?.string, !error.isEmpty else { return true }
    if error.contains("could not find") { return false }
    throw Failure(kubo: error, from: self, command)
  }

  /// What the node says that it is: `0.42.0`.
  public func version() async throws(Failure) -> String {
    let command = Command("version")
    guard let version = try await object(command)["Version"]?.string else {
      throw strange(command, "no version")
    }
    return version
  }
}

/// A Kubo node as a place that blocks come from.
public struct KuboProvider: BlockProvider {
  private let node: KuboRPC

  /// The node behind a client.
  public init(_ node: KuboRPC) { self.node = node }

  /// Its address.
  public var name: String { node.name }

  /// Asks the node, which may ask others.
  public func block(_ cid: CID) async throws(Failure) -> [UInt8] { try await node.block(cid) }

  /// Asks for the archive of a whole DAG; a node makes none of parts.
  public func archive(
    _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
  ) async throws(Failure) {
    guard request.scope == .all, request.path.names.isEmpty, request.bytes == nil else {
      throw Failure(
        .unavailable, "\(name) makes archives of whole DAGs alone", code: "no-parts")
    }
    try await node.export(request.path.root, take)
  }
}
