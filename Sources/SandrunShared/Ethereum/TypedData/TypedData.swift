public import Hashing
public import Records

/// Structured data to sign (EIP-712), as `eth_signTypedData_v4` takes it.
///
/// All of it is checked and hashed when it is read: a member that is missing, unknown or of another type than the one
/// that is declared is refused, so that what is signed is what can be seen.
public struct TypedData: Hashable, Sendable {
  /// The name of the structure that is signed.
  public let primaryType: String
  /// The hash that stands for the domain.
  public let domainSeparator: Digest32
  /// The hash of the structure.
  public let structureHash: Digest32

  /// The hash that is signed.
  public var digest: Digest32 {
    Keccak256.hash([0x19, 0x01] + domainSeparator.bytes + structureHash.bytes)
  }

  /// Reads an object with `types`, `primaryType`, `domain` and `message`.
  ///
  /// Where `types` does not declare `EIP712Domain`, it has the members that the domain has, in the order of the EIP.
  public init(_ json: JSON) throws(TypedDataError) {
    guard let members = json.object else { throw .wrongKind("the typed data", json.kind) }
    let names = ["types", "primaryType", "domain", "message"]
    if let unknown = members.members.first(where: { !names.contains($0.name) }) {
      throw .unknownMember(unknown.name)
    }
    guard let types = members["types"]?.object else { throw .missing("types") }
    guard let primary = members["primaryType"]?.string else { throw .missing("primaryType") }
    guard let domain = members["domain"]?.object else { throw .missing("domain") }
    guard let message = members["message"] else { throw .missing("message") }
    guard primary != Self.domainType else { throw .missing("a message: primaryType is the domain") }
    var structures = try TypedStructures(types)
    if structures.members(of: Self.domainType) == nil {
      try structures.declare(Self.domainType, Self.members(of: domain))
    }
    try structures.resolve()
    guard structures.members(of: primary) != nil else { throw .unknownType(primary) }
    var hasher = TypedHasher(structures)
    self.primaryType = primary
    do throws(TypedDataError) {
      self.domainSeparator = try hasher.hash(.object(domain), as: Self.domainType)
    } catch {
      throw error.inside("domain")
    }
    do throws(TypedDataError) {
      self.structureHash = try hasher.hash(message, as: primary)
    } catch {
      throw error.inside("message")
    }
  }

  private static let domainType = "EIP712Domain"

  /// The members that a domain may have, in their order.
  private static func members(
    of domain: JSONObject
  ) throws(TypedDataError) -> [TypedStructures.Member] {
    let known: [(name: String, type: TypedType)] = [
      ("name", .string), ("version", .string), ("chainId", .integer(bits: 256, isSigned: false)),
      ("verifyingContract", .address), ("salt", .fixedBytes(32)),
    ]
    if let odd = domain.members.first(where: { one in !known.contains { $0.name == one.name } }) {
      throw .unknownMember("domain.\(odd.name)")
    }
    return known.filter { domain[$0.name] != nil }.map { .init(name: $0.name, type: $0.type) }
  }
}

/// Why data is not the typed data that it says it is.
public enum TypedDataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A member that must be there is not.
  case missing(String)
  /// A member that no type declares.
  case unknownMember(String)
  /// The text is the name of no type.
  case unknownType(String)
  /// The name cannot be one, or is declared twice.
  case badName(String)
  /// A value of another kind than its type's: where, and what is wrong.
  case badValue(String, String)
  /// A value of another JSON kind than wanted.
  case wrongKind(String, String)
  /// More types, or longer ones, than any application has.
  case tooManyTypes

  /// The same error of a value that stands in another one.
  func inside(_ place: String) -> TypedDataError {
    switch self {
    case .missing(let path): .missing(place + path)
    case .unknownMember(let path): .unknownMember(place + path)
    case .badValue(let path, let reason): .badValue(place + path, reason)
    default: self
    }
  }

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .missing(let name): "the typed data has no \(name)"
    case .unknownMember(let name): "\(name) is declared by no type"
    case .unknownType(let name): "\(JSON.string(name)) is no type"
    case .badName(let name): "\(JSON.string(name)) cannot be declared"
    case .badValue(let path, let reason): "\(path): \(reason)"
    case .wrongKind(let path, let kind): "\(path) is \(kind)"
    case .tooManyTypes: "the types are more than \(TypedStructures.countLimit), or too long"
    }
  }
}
