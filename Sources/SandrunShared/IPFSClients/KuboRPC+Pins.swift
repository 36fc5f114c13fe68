public import IPFS
public import Records

extension KuboRPC {
  /// One pin of a node.
  public struct NodePin: Sendable {
    /// What is pinned.
    public var cid: CID
    /// `recursive`, `direct` or `indirect`.
    public var type: String
    /// Its name; nil where it has none.
    public var name: String?
  }

  /// So many lines of progress are read for one pin: half a second each, a month.
  private static let mostProgress = 5_000_000

  /// Pins, the whole DAG or the block alone; the node fetches what it lacks, and says so while it does.
  ///
  /// It says so for ever where nobody has it. Throws 69 `not-found` once it told of nothing new for the idle timeout; it is hung up on
  /// then, for which it gives up, so that no pin is left to come.
  public func pin(
    _ cid: CID, isRecursive: Bool = true, name: String? = nil
  ) async throws(Failure) {
    var command = Command(
      "pin/add", ["arg": "\(cid)", "recursive": "\(isRecursive)", "progress": "true"])
    if let name { command.query.append((name: "name", value: name)) }
    var pinned: [CID]?
    var count = (blocks: 0, bytes: 0)
    var growth = Growth()
    let begin = {
      pinned = nil
      count = (0, 0)
      growth = Growth()
    }
    let check = { () throws(Failure) in
      let idle = growth.idle(at: count, .now)
      if pinned == nil, let idleTimeout, idle >= idleTimeout {
        throw Failure(
          .unavailable,
          "nobody gives \(self.name) what it lacks of \(cid): \(command.name) got no further for \(idleTimeout)",
          code: "not-found", hint: "--idle-timeout waits longer", isRetryable: true)
      }
    }
    try await lines(
      command, limit: Self.mostProgress, begin: begin, check: check
    ) { (line) throws(Failure) in
      if let told = line["Pins"]?.elements {
        pinned = try cids(told, command)
      } else {
        // Kubo leaves out what is zero.
        count = (line["Progress"]?.integer ?? 0, line["Bytes"]?.integer ?? 0)
      }
    }
    guard pinned?.map(\.v1) == [cid.v1] else { throw strange(command, "another pin than \(cid)") }
  }

  /// Takes a pin away; throws 66 `not-pinned` where there is none.
  public func unpin(_ cid: CID, isRecursive: Bool = true) async throws(Failure) {
    let command = Command("pin/rm", ["arg": "\(cid)", "recursive": "\(isRecursive)"])
    let answer = try await object(command)
    guard try cids(answer["Pins"]?.elements ?? [], command).map(\.v1) == [cid.v1] else {
      throw strange(command, "another pin than \(cid)")
    }
  }

  /// How a CID is pinned: `recursive`, `direct`, `indirect`; nil where it is not.
  public func pinType(of cid: CID) async throws(Failure) -> String? {
    let command = Command("pin/ls", ["arg": "\(cid)", "type": "all"])
    let answer: JSON
    do throws(Failure) { answer = try await object(command) } catch {
      if error.code == "not-pinned" { return nil }
      throw error
    }
    for member in answer["Keys"]?.object?.members ?? [] {
      guard (try? CID(parsing: member.name))?.v1 == cid.v1 else { continue }
      // `indirect through CID`
      guard let type = member.value["Type"]?.string?.split(separator: " ").first else { break }
      return String(type)
    }
    throw strange(command, "nothing of \(cid)")
  }

  /// Hands on each pin of a type (`all`, `recursive`, `direct`, `indirect`), in no order.
  public func pins(
    ofType type: String, _ take: (NodePin) async throws(Failure) -> Void
  ) async throws(Failure) {
    var command = Command("pin/ls", ["type": type, "stream": "true", "names": "true"])
    // What was handed on cannot be taken back.
    command.isRepeatable = false
    try await lines(command, limit: .max) { (line) throws(Failure) in
      // A node without pins has nothing to stream, and an old one answers as if not asked to.
      guard let text = line["Cid"]?.string else {
        guard line.object?.members.isEmpty == true else { throw strange(command, "no pin") }
        return
      }
      guard let cid = try? CID(parsing: text), let type = line["Type"]?.string else {
        throw strange(command, "no pin")
      }
      let name = line["Name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
      try await take(NodePin(cid: cid, type: type, name: name))
    }
  }

  private func cids(_ texts: [JSON], _ command: Command) throws(Failure) -> [CID] {
    var found: [CID] = []
    for text in texts {
      guard let text = text.string, let cid = try? CID(parsing: text) else {
        throw strange(command, "what is no CID")
      }
      found.append(cid)
    }
    return found
  }
}

/// How long counts that are told again and again have not grown.
struct Growth {
  private var most = (blocks: 0, bytes: 0)
  private var since: ContinuousClock.Instant?

  /// Takes what is told now; zero where it is more than all that was told before, or the first.
  mutating func idle(
    at count: (blocks: Int, bytes: Int), _ now: ContinuousClock.Instant
  ) -> Duration {
    guard let since, count.blocks <= most.blocks, count.bytes <= most.bytes else {
      most = (max(most.blocks, count.blocks), max(most.bytes, count.bytes))
      since = now
      return .zero
    }
    return now - since
  }
}
