package import Ethereum
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

  /// Whose key signed; nil where the signature is none.
  package var signer: Address? {
    let digest = PersonalMessage.digest(of: preAuthenticationEncoding)
    return (try? Signature(bytes: signature))?.signer(of: digest)?.address
  }
}
