public import Ethereum
internal import Hashing
public import Records

/// A DSSE envelope (version 1) with one signature.
public struct Envelope: Equatable, Sendable {
  /// The payload's type for an in-toto statement.
  public static let inToto = "application/vnd.in-toto+json"

  /// What the payload is.
  public var payloadType: String
  /// What is signed, to the byte.
  public var payload: [UInt8]
  /// Who says to have signed: an EIP-55 address.
  public var keyID: String
  /// The signature over the pre-authentication encoding.
  public var signature: [UInt8]

  /// What is signed: `DSSEv1`, then type and payload, each behind its length in bytes.
  public static func preAuthenticationEncoding(type: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }

  /// What is signed of this envelope.
  public var preAuthenticationEncoding: [UInt8] {
    Self.preAuthenticationEncoding(type: payloadType, payload: payload)
  }

  /// The envelope as JSON.
  public var json: JSON {
    [
      "payloadType": .string(payloadType), "payload": .string(Base64.encode(payload)),
      "signatures": [
        ["keyid": .string(keyID), "sig": .string(Base64.encode(signature))]
      ],
    ]
  }

  /// Makes it from its parts.
  public init(payloadType: String, payload: [UInt8], keyID: String, signature: [UInt8]) {
    self.payloadType = payloadType
    self.payload = payload
    self.keyID = keyID
    self.signature = signature
  }

  /// Reads an envelope that has exactly one signature.
  public init(_ json: JSON?) throws(EnvelopeError) {
    guard let json, json.object != nil else { throw EnvelopeError(member: "envelope") }
    guard let type = json["payloadType"]?.string else { throw EnvelopeError(member: "payloadType") }
    guard let payload = Self.bytes(json["payload"]) else { throw EnvelopeError(member: "payload") }
    guard let signatures = json["signatures"]?.elements, signatures.count == 1 else {
      throw EnvelopeError(member: "signatures")
    }
    guard let keyID = signatures[0]["keyid"]?.string else { throw EnvelopeError(member: "keyid") }
    guard let signature = Self.bytes(signatures[0]["sig"]) else {
      throw EnvelopeError(member: "sig")
    }
    self.init(payloadType: type, payload: payload, keyID: keyID, signature: signature)
  }

  /// Whose key signed, as a message (EIP-191) over the pre-authentication encoding; nil where the signature is none.
  public var signer: Address? {
    let digest = PersonalMessage.digest(of: preAuthenticationEncoding)
    return (try? Signature(bytes: signature))?.signer(of: digest)?.address
  }

  private static func bytes(_ json: JSON?) -> [UInt8]? {
    json?.string.flatMap { try? Base64.decode($0) }
  }
}

/// Why JSON is no envelope: the member that is missing, or of another kind or form.
public struct EnvelopeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Its name.
  public let member: String

  /// Takes its name.
  public init(member: String) { self.member = member }

  /// `the envelope has no valid "payload"`.
  public var description: String { "the envelope has no valid \"\(member)\"" }
}
