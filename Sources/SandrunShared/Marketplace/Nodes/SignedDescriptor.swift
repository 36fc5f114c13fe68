public import Ethereum
public import Hashing
public import IPFS
public import Records

/// A node's descriptor with its operator's signature: one raw block of canonical JSON, so that it has one CID.
public struct SignedDescriptor: Hashable, Sendable {
  /// The longest block, in bytes.
  public static let lengthLimit = 64 << 10

  /// What the node says.
  public let descriptor: NodeDescriptor
  /// Its operator's signature (EIP-191) of the canonical form without `signature`.
  public let signature: Signature
  /// The block: the canonical form (RFC 8785) of the object with `signature`.
  public let bytes: [UInt8]

  /// The block's name.
  public var cid: CID { CID(hashing: bytes, codec: .raw) }

  /// Signs a descriptor with its own node's key; throws where it is unfit, or the key is another's.
  public init(signing descriptor: NodeDescriptor, with signer: Signer) throws(DescriptorError) {
    try self.init(descriptor, signer.sign(descriptor.digest()))
  }

  /// Takes a descriptor and its signature; throws where it is unfit, or the signature another's.
  public init(_ descriptor: NodeDescriptor, _ signature: Signature) throws(DescriptorError) {
    var object = descriptor.json
    object["signature"] = .string("\(signature)")
    try self.init(object)
  }

  /// Reads a block, checks every value, and that the account `address` signed it.
  ///
  /// Any other way to write the same is refused: it would have another CID.
  public init(parsing bytes: [UInt8]) throws(DescriptorError) {
    guard bytes.count <= Self.lengthLimit else {
      throw DescriptorError(
        "descriptor", "is \(bytes.count) bytes long, more than \(Self.lengthLimit)")
    }
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
      throw DescriptorError("descriptor", "is no JSON: \(error)")
    }
    guard let object = json.object else { throw DescriptorError("descriptor", "is no object") }
    try self.init(object)
    guard self.bytes == bytes else {
      throw DescriptorError("descriptor", "is not in its canonical form")
    }
  }

  /// Reads the object of a record or a request, whose members may stand in any order.
  public init(_ object: JSONObject) throws(DescriptorError) {
    var unsigned = object
    unsigned["signature"] = nil
    descriptor = try NodeDescriptor(unsigned)
    guard let text = object["signature"]?.string else {
      throw DescriptorError("descriptor.signature", "is missing or no string")
    }
    do throws(SignatureError) {
      signature = try Signature(parsing: text)
    } catch {
      throw DescriptorError("descriptor.signature", "is no signature: \(error)")
    }
    guard text == "\(signature)" else {
      throw DescriptorError("descriptor.signature", "is not in its one form")
    }
    let digest = try Self.digest(of: unsigned)
    guard signature.isValid(for: digest, by: descriptor.address) else {
      throw DescriptorError("descriptor.signature", "is not by \(descriptor.address)")
    }
    let bytes = try Self.canonical(object)
    guard bytes.count <= Self.lengthLimit else {
      throw DescriptorError(
        "descriptor", "is \(bytes.count) bytes long, more than \(Self.lengthLimit)")
    }
    self.bytes = bytes
  }

  /// The object, members that this version does not know included.
  public var json: JSON { (try? JSON(parsing: bytes)) ?? .null }

  /// Throws where it is not what is registered: another operator, endpoint or CID.
  public func check(
    operator address: Address, endpoint: String, cid: CID
  ) throws(DescriptorError) {
    guard descriptor.address == address else {
      throw DescriptorError(
        "descriptor.address", "is \(descriptor.address), and the node's operator is \(address)")
    }
    guard descriptor.endpoint == endpoint else {
      throw DescriptorError(
        "descriptor.endpoint",
        "is \(JSON.string(descriptor.endpoint).text), and \(JSON.string(endpoint).text) is registered"
      )
    }
    guard self.cid == cid else {
      throw DescriptorError("descriptor", "is \(self.cid), and \(cid) is registered")
    }
  }

  private static func canonical(_ object: JSONObject) throws(DescriptorError) -> [UInt8] {
    var output: [UInt8] = []
    do throws(CanonicalError) {
      try CanonicalJSON.write(.object(object), path: "descriptor", to: &output)
    } catch {
      throw DescriptorError("descriptor", "has no canonical form: \(error)")
    }
    return output
  }
}

extension SignedDescriptor {
  /// What the operator signs of an object without its signature: the hash of the canonical form as a message (EIP-191).
  public static func digest(of object: JSONObject) throws(DescriptorError) -> Digest32 {
    var unsigned = object
    unsigned["signature"] = nil
    return PersonalMessage.digest(of: try canonical(unsigned))
  }
}

extension NodeDescriptor {
  /// What its operator signs; throws where it is unfit.
  public func digest() throws(DescriptorError) -> Digest32 {
    try check()
    return try SignedDescriptor.digest(of: json)
  }
}
