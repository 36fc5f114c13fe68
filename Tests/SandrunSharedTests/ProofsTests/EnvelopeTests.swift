import Envelopes
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing

@testable import Proofs

@Suite struct EnvelopeTests {
  @Test func preAuthenticationEncodingOfTheSharedVectors() throws {
    guard let shared = Vectors.shared else {
      print("skipped: 27 rows of eth/dsse.jsonl, not here")
      return
    }
    var count = 0
    for line in try Vectors.lines(of: shared.appending("eth/dsse.jsonl")) {
      let row = try JSON(parsing: line)
      guard row["kind"] == "pae" else { continue }
      let type = try #require(row["payload_type"]?.string)
      let payload = try Base64.decode(try #require(row["payload_base64"]?.string))
      let encoding = Envelope.preAuthenticationEncoding(type: type, payload: payload)
      #expect(Hex.encode(encoding) == row["pae"]?.string, "\(row["name"] ?? nil)")
      #expect(SHA256.hash(encoding).description == row["pae_sha256"]?.string)
      count += 1
    }
    #expect(count == 27)
  }

  // The example of the DSSE specification, protocol.md.
  @Test func preAuthenticationEncodingOfTheSpecification() {
    let encoding = Envelope.preAuthenticationEncoding(
      type: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(
      String(decoding: encoding, as: UTF8.self)
        == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test func anEnvelopeSurvivesItsJSON() throws {
    let envelope = Envelope(
      payloadType: Envelope.inToto, payload: Array("{}".utf8), keyID: "0xAb", signature: [1, 2, 3])
    #expect(try Envelope(envelope.json) == envelope)
  }

  @Test(arguments: ["payload", "payloadType", "signatures"])
  func everyMemberIsNeeded(_ name: String) throws {
    let envelope = Envelope(payloadType: "t", payload: [1], keyID: "k", signature: [2])
    var object = try #require(envelope.json.object)
    for spoiled: JSON? in [nil, 7, "not base64!"] {
      object[name] = spoiled
      if name == "payloadType", spoiled?.string != nil { continue }
      #expect(throws: EnvelopeError(member: name)) { try Envelope(.object(object)) }
    }
  }

  @Test func oneSignatureAndNoMore() throws {
    let envelope = Envelope(payloadType: "t", payload: [1], keyID: "k", signature: [2])
    var object = try #require(envelope.json.object)
    let one = try #require(object["signatures"]?.elements)
    for signatures in [[], one + one] {
      object["signatures"] = .array(signatures)
      #expect(throws: EnvelopeError(member: "signatures")) {
        try Envelope(.object(object))
      }
    }
  }
}
