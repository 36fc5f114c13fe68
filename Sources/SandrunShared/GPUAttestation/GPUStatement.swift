internal import Envelopes
public import Ethereum
public import Hashing
public import Records

/// What a node says of a GPU and signs: the inventory, and what was computed for whose seed.
///
/// In an envelope it is an in-toto statement as those of runs are (`urn:sandrun:run:1`), with a predicate of its own.
public struct GPUStatement: Equatable, Sendable {
  static let type = "https://in-toto.io/Statement/v1"
  static let predicateType = "urn:sandrun:gpu:1"

  /// Who says so.
  public var node: Address
  /// The inventory: the member `gpu` of the record.
  public var gpu: JSONObject
  /// The verifier's seed.
  public var seed: Digest32
  /// What was filled.
  public var shape: ArrayShape
  /// The roots of the two passes.
  public var roots: ArrayRoots
  /// How long kernels ran, by the device's clock.
  public var deviceTime: JSONNumber
  /// How long it took until the evidence was there, by the node's.
  public var wallTime: JSONNumber
  /// When it was, by the node's clock.
  public var time: Timestamp

  /// Makes it from its parts; the times that it took are never negative.
  public init(
    node: Address, gpu: JSONObject, challenge: ArrayChallenge, roots: ArrayRoots,
    deviceTime: Duration, wallTime: Duration, time: Timestamp
  ) {
    self.node = node
    self.gpu = gpu
    seed = challenge.seed
    shape = challenge.shape
    self.roots = roots
    self.deviceTime = JSONNumber(deviceTime)
    self.wallTime = JSONNumber(wallTime)
    self.time = time
  }

  /// What a node's work is bound to: its account, and the inventory to the byte.
  public static func identity(node: Address, gpu: JSONObject) -> Digest32 {
    SHA256.hash(
      Array("sandrun gpu attestation 1 identity\n".utf8) + node.bytes + JSON.object(gpu).bytes)
  }

  /// What was asked for.
  public var challenge: ArrayChallenge {
    ArrayChallenge(
      seed: seed, identity: Self.identity(node: node, gpu: gpu), shape: shape)
  }

  var json: JSON {
    let identity = challenge.identity
    return [
      "_type": .string(Self.type),
      "subject": [
        ["name": "gpu", "digest": ["sha256": .string(Hex.digits(identity.bytes))]]
      ],
      "predicateType": .string(Self.predicateType),
      "predicate": [
        "node": .string("\(node)"), "gpu": .object(gpu), "seed": .string("\(seed)"),
        "memory": .integer(shape.byteCount), "lanes": .integer(shape.lanes),
        "rows": .integer(shape.rows), "openings": .integer(shape.openings),
        "roots": [.string("\(roots.first)"), .string("\(roots.second)")],
        "seconds": ["device": .number(deviceTime), "wall": .number(wallTime)],
        "time": .string("\(time)"),
      ],
    ]
  }

  /// Reads a statement; anything that this version would not have written itself is refused.
  init(parsing payload: [UInt8]) throws(ArrayFault) {
    guard let json = try? JSON(parsing: payload), let predicate = json["predicate"],
      json["_type"]?.string == Self.type, json["predicateType"]?.string == Self.predicateType
    else { throw ArrayFault("the statement is none of a GPU") }
    func digest(_ json: JSON?) throws(ArrayFault) -> Digest32 {
      guard let digest = json?.string.flatMap({ try? Digest32(hex: $0) }) else {
        throw ArrayFault("the statement has no valid seed or roots")
      }
      return digest
    }
    guard let node = predicate["node"]?.string.flatMap({ Address($0) }),
      let gpu = predicate["gpu"]?.object, let lanes = predicate["lanes"]?.integer,
      let rows = predicate["rows"]?.integer, let openings = predicate["openings"]?.integer,
      let roots = predicate["roots"]?.elements, roots.count == 2,
      case .number(let device)? = predicate["seconds"]?["device"], !device.isNegative,
      case .number(let wall)? = predicate["seconds"]?["wall"], !wall.isNegative,
      let time = predicate["time"]?.string.flatMap({ try? Timestamp($0) })
    else { throw ArrayFault("the statement lacks a member, or has one of another form") }
    self.node = node
    self.gpu = gpu
    seed = try digest(predicate["seed"])
    shape = try ArrayShape(lanes: lanes, rows: rows, openings: openings)
    self.roots = ArrayRoots(first: try digest(roots[0]), second: try digest(roots[1]))
    deviceTime = device
    wallTime = wall
    self.time = time
    // One meaning, one text: an unknown member, or one that was not understood, shows here.
    guard self.json == json else { throw ArrayFault("the statement has members beside its own") }
  }

  /// What the node's key signs (EIP-191).
  public var digest: Digest32 {
    PersonalMessage.digest(
      of: Envelope.preAuthenticationEncoding(type: Envelope.inToto, payload: json.bytes))
  }

  func envelope(_ signature: Signature) -> Envelope {
    Envelope(
      payloadType: Envelope.inToto, payload: json.bytes, keyID: "\(node)",
      signature: signature.bytes)
  }
}

extension JSONNumber {
  fileprivate var isNegative: Bool { description.utf8.first == UInt8(ascii: "-") }
}
