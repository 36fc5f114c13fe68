public import Hashing

/// Bytes signed as a message, never as a transaction (EIP-191).
public enum PersonalMessage {
  /// The hash that wallets sign for a message (version 0x45): also for a DSSE envelope's pre-authentication encoding.
  public static func digest(of message: [UInt8]) -> Digest32 {
    Keccak256.hash(Array("\u{19}Ethereum Signed Message:\n\(message.count)".utf8) + message)
  }

  /// The hash of data meant for one validator (version 0x00): a contract or an account.
  public static func digest(of data: [UInt8], for validator: Address) -> Digest32 {
    Keccak256.hash([0x19, 0x00] + validator.bytes + data)
  }
}
