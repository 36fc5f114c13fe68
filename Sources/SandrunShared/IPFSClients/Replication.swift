internal import Commands
public import IPFS
public import Records
internal import Synchronization

/// A DAG on its way to nodes that are to hold all of it.
public struct Replication: Sendable {
  /// So many questions to a node are on their way at a time.
  private static let window = 16

  /// What is to be held.
  public let root: CID
  private let repository: Repository
  /// All blocks, where all of them lie here.
  private let local: KuboRPC.Shipment?
  /// Whether each block is fetched back and held against its CID, where else the node's word is taken for it.
  private let proves: Bool
  /// Is told of what is sent, and of blocks that a node answered for.
  private var count: @Sendable (_ bytes: Int, _ blocks: Int) -> Void = { _, _ in }

  /// What a node holds now.
  public struct Held: Sendable {
    /// How many blocks the DAG has.
    public var blocks: Int
    /// Their bytes.
    public var size: Int
    /// How many of them were sent from here.
    public var sent: Int
  }

  /// Looks at what lies here; where that is not all of it, nodes are left to fetch it themselves.
  public init(
    _ root: CID, from repository: Repository, proves: Bool = false
  ) async throws(Failure) {
    self.root = root
    self.repository = repository
    self.proves = proves
    local = try await Self.survey(root, in: repository)
  }

  /// The same, which tells how far it has come.
  public func counting(
    _ count: @escaping @Sendable (_ bytes: Int, _ blocks: Int) -> Void
  ) -> Replication {
    var copy = self
    copy.count = count
    return copy
  }

  private static func survey(
    _ root: CID, in repository: Repository
  ) async throws(Failure) -> KuboRPC.Shipment? {
    var shipment = KuboRPC.Shipment(root: root, marks: nil, blocks: 0, sections: 0)
    var visit = BlockVisit(root)
    do throws(Failure) {
      while let step = try await visit.next(reading: { (cid) throws(Failure) in
        try IPFSClients.local(cid, in: repository)
      }) {
        var length = step.bytes?.count ?? 0
        if step.bytes == nil { length = try Self.length(of: step.cid, in: repository) }
        shipment.blocks += 1
        shipment.sections += KuboRPC.Shipment.length(of: step.cid, length)
      }
    } catch {
      guard error.code == "not-found" else { throw error }
      return nil
    }
    return shipment
  }

  private static func length(of cid: CID, in repository: Repository) throws(Failure) -> Int {
    do { return try repository.length(of: cid) } catch {
      if case .notFound = error { throw Failure(.missingInput, "\(error)", code: "not-found") }
      throw Failure(.io, "\(error)")
    }
  }

  /// Has a node hold and pin the whole DAG, and looks that it does, block by block.
  public func run(to node: KuboRPC) async throws(Failure) -> Held {
    var sent = 0
    if let local {
      if try await node.pinType(of: root) == "recursive" {
        let found = try await check(node)
        if found.missing.count == 0 { return found.held }
      }
      let shipment = try await lack(of: node, whole: local)
      if let shipment {
        try await send(shipment, to: node)
        sent = shipment.blocks
      } else {
        try await node.pin(root)
      }
    } else {
      try await node.pin(root)
    }
    guard let type = try await node.pinType(of: root), type == "recursive" else {
      throw Failure(
        .protocolViolation, "\(node.name) says that it pinned \(root), and lists no such pin",
        code: "node-lies")
    }
    var found = try await check(node)
    if let missing = found.first {
      throw Failure(
        .protocolViolation,
        "\(node.name) says that it holds all of \(root), and has no block \(missing)",
        code: "node-lies")
    }
    found.held.sent = sent
    return found.held
  }

  private func send(_ shipment: KuboRPC.Shipment, to node: KuboRPC) async throws(Failure) {
    let count = count
    let told = Mutex(0)
    try await node.send(shipment, from: repository) { sent, _ in
      // Sent again, it counts as far as it is new.
      let more = told.withLock { told in
        defer { told = max(told, sent) }
        return max(0, sent - told)
      }
      count(more, 0)
    }
  }

  /// What a node lacks; nil where it has all.
  private func lack(
    of node: KuboRPC, whole: KuboRPC.Shipment
  ) async throws(Failure) -> KuboRPC.Shipment? {
    // Where it does not know the root, it is not asked for a million others.
    guard try await node.length(of: root) != nil || root.inlineBlock != nil else { return whole }
    let found = try await check(node)
    guard found.missing.count > 0 else { return nil }
    return KuboRPC.Shipment(
      root: root, marks: found.missing, blocks: found.missing.count, sections: found.sections)
  }

  // MARK: Block by block

  /// What a walk over a node's blocks found.
  private struct Found {
    var held = Held(blocks: 0, size: 0, sent: 0)
    var missing = BlockMarks()
    /// The first that is missing, in no order.
    var first: CID?
    /// The bytes of the missing ones' sections in an archive.
    var sections = 0
  }

  private struct Answer: Sendable {
    var step: BlockVisit.Step
    /// nil: the node has no such block.
    var length: Int?
  }

  /// Asks a node for each block of the DAG, several at a time.
  private func check(_ node: KuboRPC) async throws(Failure) -> Found {
    let result = await withTaskGroup(of: Result<Answer, Failure>.self) { group in
      var found = Found()
      var inFlight = 0
      var visit = BlockVisit(root)
      do throws(Failure) {
        while let step = try await visit.next(reading: { (cid) throws(Failure) in
          try await linked(cid, at: node)
        }) {
          if inFlight == Self.window, let answer = await group.next() {
            inFlight -= 1
            try take(answer.get(), from: node, into: &found)
          }
          inFlight += 1
          // The bytes of a node are needed no more, but for their number.
          let count = step.bytes?.count
          let bare = BlockVisit.Step(cid: step.cid, index: step.index, bytes: nil)
          group.addTask { await question(bare, count, at: node) }
        }
        while let answer = await group.next() { try take(answer.get(), from: node, into: &found) }
      } catch {
        group.cancelAll()
        return Result<Found, Failure>.failure(error)
      }
      return .success(found)
    }
    return try result.get()
  }

  /// The bytes of a block with links: our own, or else the node's, to be proved.
  private func linked(_ cid: CID, at node: KuboRPC) async throws(Failure) -> [UInt8] {
    if local != nil { return try IPFSClients.local(cid, in: repository) }
    do throws(Failure) { return try IPFSClients.local(cid, in: repository) } catch {
      guard error.code == "not-found" else { throw error }
    }
    return try await node.block(cid, isOffline: true)
  }

  private func question(
    _ step: BlockVisit.Step, _ count: Int?, at node: KuboRPC
  ) async -> Result<Answer, Failure> {
    do throws(Failure) {
      guard let length = try await length(of: step.cid, at: node) else {
        return .success(Answer(step: step, length: nil))
      }
      var own = count
      if own == nil, local != nil { own = try Self.length(of: step.cid, in: repository) }
      guard own == nil || length == own else {
        throw Failure(
          .protocolViolation,
          "\(node.name) says that block \(step.cid) has \(length) bytes, where it has \(own ?? 0)",
          code: "node-lies")
      }
      return .success(Answer(step: step, length: length))
    } catch {
      return .failure(error)
    }
  }

  private func length(of cid: CID, at node: KuboRPC) async throws(Failure) -> Int? {
    guard proves else { return try await node.length(of: cid) }
    do throws(Failure) {
      let bytes = try await node.block(cid, isOffline: true)
      try BlockVisit.prove(bytes, are: cid)
      return bytes.count
    } catch {
      if error.code == "not-found" { return nil }
      guard error.code == "wrong-block" else { throw error }
      throw Failure(.protocolViolation, "\(node.name): \(error.message)", code: "node-lies")
    }
  }

  private func take(
    _ answer: Answer, from node: KuboRPC, into found: inout Found
  ) throws(Failure) {
    found.held.blocks += 1
    count(answer.length ?? 0, 1)
    if let length = answer.length {
      found.held.size += length
      return
    }
    found.missing.mark(answer.step.index)
    found.first = found.first ?? answer.step.cid
    guard local != nil else { return }
    let length = try Self.length(of: answer.step.cid, in: repository)
    found.sections += KuboRPC.Shipment.length(of: answer.step.cid, length)
  }
}
