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
  public func pin(
    _ cid: CID, isRecursive: Bool = true, name: String? = nil
  ) async throws(Failure) {
    var command = Command(
      "pin/add", ["arg": "\(cid)", "recursive": "\(isRecursive)", "progress": "true"])
    if let name { command.query.append((name: "name", value: name)) }
    var pinned: [CID]?
    try await lines(command, limit: Self.mostProgress, begin: { pinned = nil }) {
      (line) throws(Failure) in
      guard let told = line["Pins"]?.elements else { return }
      pinned = try cids(told, command)
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
