public import Ethereum
internal import Hashing
public import NodeAPI
public import Records

/// One job on one node, as `run.nodes` names it.
public struct JobReference: Equatable, Sendable {
  /// Where the node is reached.
  public var endpoint: Endpoint
  /// The job's name there.
  public var id: JobID
  /// Who must have signed what the node says; nil where the node told no address.
  public var address: Address?

  /// Names a job.
  public init(endpoint: Endpoint, id: JobID, address: Address?) {
    self.endpoint = endpoint
    self.id = id
    self.address = address
  }

  /// An element of `run.nodes`; throws 65 naming what is wrong.
  public init(_ json: JSON) throws(Failure) {
    guard let endpoint = json["endpoint"]?.string.flatMap({ Endpoint($0) }) else {
      throw Failure(.data, "malformed \"run.nodes\": no valid \"endpoint\"")
    }
    guard let id = json["id"]?.string.flatMap({ JobID($0) }) else {
      throw Failure(.data, "malformed \"run.nodes\": no valid \"id\"")
    }
    self.init(endpoint: endpoint, id: id, address: nil)
    guard let text = json["address"], text != .null else { return }
    guard let address = text.string.flatMap({ Address($0) }) else {
      throw Failure(.data, "malformed \"run.nodes\": no valid \"address\"")
    }
    self.address = address
  }

  /// The element of `run.nodes`.
  public var json: JSONObject {
    [
      "address": address.map { .string("\($0)") } ?? .null,
      "endpoint": .string("\(endpoint)"), "id": .string("\(id)"),
    ]
  }
}

extension Record {
  /// The jobs that `run.nodes` names, without nodes of which no endpoint is known; throws 65 where the record has none.
  public func jobReferences() throws(Failure) -> [JobReference] {
    guard let run = try object("run") else {
      throw Failure(.data, "the record has no 'run'", hint: "submit it with 'sr-job submit'")
    }
    guard let elements = run["nodes"]?.elements, !elements.isEmpty else {
      throw Failure(.data, "malformed \"run\": no \"nodes\"")
    }
    var references: [JobReference] = []
    // A node that claimed a job on its chain may tell nobody where it is.
    for element in elements where element["endpoint"] != .null {
      references.append(try JobReference(element))
    }
    return references
  }

  /// The record with these elements in `run.nodes`; other members of `run` stay.
  public func settingRun(_ nodes: [JSONObject]) throws(Failure) -> Record {
    var run = try object("run") ?? [:]
    run["nodes"] = .array(nodes.map { .object($0) })
    return setting("run", to: .object(run))
  }

  /// The name that every node gives a job in escrow: the first 32 digits of its id on the chain; nil where there is no escrow.
  public func escrowedID() throws(Failure) -> JobID? {
    guard let escrow = try object("escrow") else { return nil }
    guard let text = escrow["jobId"]?.string, let digest = try? Digest32(hex: text) else {
      throw Failure(.data, "malformed \"escrow\": no valid \"jobId\"")
    }
    return JobID("\(digest)".dropFirst(2).prefix(32))
  }
}
