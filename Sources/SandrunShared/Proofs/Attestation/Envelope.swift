internal import Hashing
package import Records

/// A DSSE envelope (version 1) with one signature.
package struct Envelope: Equatable, Sendable {
  /// The payload's type for an in-toto statement.
  package static let inToto = "application/vnd.in-toto+json"

  package var payloadType: String
  package var payload: [UInt8]
  /// Who says to have signed: an EIP-55 address.
  package var keyID: String
  /// The signature over the pre-authentication encoding.
  package var signature: [UInt8]

  /// What is signed: `DSSEv1`, then type and payload, each behind its length in bytes.
  package static func preAuthenticationEncoding(type: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }

  /// What is signed of this envelope.
  package var preAuthenticationEncoding: [UInt8] {
    Self.preAuthenticationEncoding(type: payloadType, payload: payload)
  }

  /// The envelope as JSON.
  package var json: JSON {
    [
      "payloadType": .string(payloadType), "payload": .string(Base64.encode(payload)),
      "signatures": [
        ["keyid": .string(keyID), "sig": .string(Base64.encode(signature))]
      ],
    ]
  }

  package init(payloadType: String, payload: [UInt8], keyID: String, signature: [UInt8]) {
    self.payloadType = payloadType
    self.payload = payload
    self.keyID = keyID
    self.signature = signature
  }

  /// Reads an envelope that has exactly one signature.
  package init(_ json: JSON?) throws(AttestationError) {
    guard let json, json.object != nil else { throw .badMember("envelope") }
    guard let type = json["payloadType"]?.string else { throw .badMember("payloadType") }
    guard let payload = Self.bytes(json["payload"]) else { throw .badMember("payload") }
    guard let signatures = json["signatures"]?.elements, signatures.count == 1 else {
      throw .badMember("signatures")
    }
    guard let keyID = signatures[0]["keyid"]?.string else { throw .badMember("keyid") }
    guard let signature = Self.bytes(signatures[0]["sig"]) else { throw .badMember("sig") }
    self.init(payloadType: type, payload: payload, keyID: keyID, signature: signature)
  }

  private static func bytes(_ json: JSON?) -> [UInt8]? {
    json?.string.flatMap { try? Base64.decode($0) }
  }
}
