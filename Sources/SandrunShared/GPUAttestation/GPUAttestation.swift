internal import Envelopes
public import Ethereum
internal import Hashing
public import Records

/// A statement of a GPU, signed, with the openings that its roots draw: what `sr-gpu attest` writes, and what it reads to verify.
public struct GPUAttestation: Sendable {
  /// What is said.
  public let statement: GPUStatement
  /// What shows it.
  public let evidence: ArrayEvidence
  /// Whose key signed; nil where no key did.
  public let signer: Address?
  private let envelope: JSON

  /// Signs what is said with a signature over its digest.
  public init(_ statement: GPUStatement, _ evidence: ArrayEvidence, _ signature: Signature) {
    self.statement = statement
    self.evidence = evidence
    let envelope = statement.envelope(signature)
    signer = envelope.signer
    self.envelope = envelope.json
  }

  /// The member `attestation`: what is wanted most by itself, then all of it as it was signed, and the openings.
  public var json: JSON {
    var object = told
    object["envelope"] = envelope
    object["openings"] = .array(evidence.openings.map(\.json))
    return .object(object)
  }

  private var told: JSONObject {
    [
      "node": .string("\(statement.node)"), "seed": .string("\(statement.seed)"),
      "memory": .integer(statement.shape.byteCount),
      "seconds": [
        "device": .number(statement.deviceTime), "wall": .number(statement.wallTime),
      ],
    ]
  }

  /// Reads the member; throws 65 where it is malformed, or says beside the envelope what is not in it.
  public init(_ json: JSONObject) throws(Failure) {
    do {
      let envelope = try Envelope(json["envelope"])
      guard envelope.payloadType == Envelope.inToto else {
        throw ArrayFault("the envelope holds something else")
      }
      statement = try GPUStatement(parsing: envelope.payload)
      guard envelope.keyID == "\(statement.node)" else {
        throw ArrayFault("the envelope is by another node than its statement")
      }
      // The signature itself is judged later: one that was made by nobody is an answer, and no malformed record.
      signer = envelope.signer
      self.envelope = envelope.json
      guard let openings = json["openings"]?.elements,
        openings.count == statement.shape.openings
      else { throw ArrayFault("it has not as many openings as it says") }
      evidence = ArrayEvidence(
        roots: statement.roots, openings: try openings.map { try ArrayOpening($0) })
      for member in told.members where json[member.name] != member.value {
        throw ArrayFault("its \"\(member.name)\" is not what is signed")
      }
      // Nobody signed what else may stand there, and it would leave beside the verdict.
      try demand(["envelope", "openings"] + told.members.map(\.name), of: json)
    } catch { throw Failure(.data, "malformed \"attestation\": \(error)") }
  }
}

/// Throws where an object has a member that is none of these.
private func demand(_ names: [String], of object: JSONObject) throws(ArrayFault) {
  for member in object.members where !names.contains(member.name) {
    throw ArrayFault("it has \(JSON.string(member.name).text), which is not signed")
  }
}

extension ArrayOpening {
  /// Each cell as its 64 bytes and then its path.
  var json: JSON {
    var object: JSONObject = ["cell": cell.json]
    object["previous"] = previous?.json
    object["old"] = old?.json
    object["parents"] = .array(parents.map(\.json))
    return .object(object)
  }

  init(_ json: JSON) throws(ArrayFault) {
    guard let object = json.object, let cell = object["cell"],
      let parents = object["parents"]?.elements, parents.count <= 2
    else { throw ArrayFault("an opening without its cell or parents") }
    try demand(["cell", "previous", "old", "parents"], of: object)
    self.cell = try ArrayWitness(cell)
    previous = try object["previous"].map { json throws(ArrayFault) in try ArrayWitness(json) }
    old = try object["old"].map { json throws(ArrayFault) in try ArrayWitness(json) }
    self.parents = try parents.map { json throws(ArrayFault) in try ArrayWitness(json) }
  }
}

extension ArrayWitness {
  var json: JSON { .string(Hex.encode(cell.bytes + path.flatMap(\.bytes))) }

  init(_ json: JSON) throws(ArrayFault) {
    guard let bytes = json.string.flatMap({ try? Hex.decode($0) }),
      let cell = ArrayCell(bytes: Array(bytes.prefix(ArrayCell.length))),
      // The tree over 2^32 cells is no higher.
      bytes.count <= ArrayCell.length + 32 * Digest32.length
    else { throw ArrayFault("an opening that is no cell with its path") }
    var path: [Digest32] = []
    for start in stride(from: ArrayCell.length, to: bytes.count, by: Digest32.length) {
      guard let digest = try? Digest32(Array(bytes[start...].prefix(Digest32.length))) else {
        throw ArrayFault("an opening that is no cell with its path")
      }
      path.append(digest)
    }
    self.init(cell: cell, path: path)
  }
}
