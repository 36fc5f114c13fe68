internal import Envelopes
internal import Ethereum
internal import Records

extension Envelope {
  /// A statement in an envelope, signed by the node's key as a message (EIP-191) over the pre-authentication encoding.
  init(_ statement: Statement, signedBy signer: Signer) {
    let payload = statement.json.bytes
    let encoding = Self.preAuthenticationEncoding(type: Self.inToto, payload: payload)
    self.init(
      payloadType: Self.inToto, payload: payload, keyID: signer.address.description,
      signature: signer.sign(message: encoding).bytes)
  }

  /// Reads the envelope of an attestation.
  init(attested json: JSON?) throws(AttestationError) {
    do throws(EnvelopeError) { try self.init(json) } catch { throw .badMember(error.member) }
  }
}
