public import WideInteger

/// Why there is no such transaction.
public enum TransactionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are no bytes.
  case empty
  /// The first byte is that of no type known here.
  case unknownType(UInt8)
  /// The bytes are no RLP.
  case rlp(RLPError)
  /// The RLP has fewer fields than the type; the first that lacks.
  case noField(String)
  /// The RLP has more fields than the type.
  case surplusFields
  /// A field is a list where bytes are wanted, or the reverse.
  case wrongKind(String)
  /// A field has so many bytes where another number is wanted.
  case badLength(String, Int)
  /// A number has zeros in front.
  case leadingZeros(String)
  /// A number is beyond what its field can hold.
  case outOfRange(String)
  /// The type has no such member.
  case unfit(String, Transaction.Kind)
  /// The type needs the member.
  case missing(String, Transaction.Kind)
  /// The signature's v is that of no signature: this value, where it fits.
  case badV
  /// The signature is out of range.
  case signature(SignatureError)
  /// No key can have made the signature.
  case noSigner
  /// It is for another chain than the one that was wanted; nil is any chain.
  case otherChain(found: UInt256?, wanted: UInt256)
  /// No block can hold it, for this reason.
  case invalid(String)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .empty: "no bytes"
    case .unknownType(let byte): "type \(byte) is not known"
    case .rlp(let error): error.description
    case .noField(let name): "the RLP has no \(name)"
    case .surplusFields: "the RLP has more fields than the type"
    case .wrongKind(let name): "\(name) is of the wrong kind of RLP"
    case .badLength(let name, let count): "\(name) has \(count) bytes"
    case .leadingZeros(let name): "\(name) has zeros in front"
    case .outOfRange(let name): "\(name) is out of range"
    case .unfit(let name, let type): "type \(type.rawValue) has no \(name)"
    case .missing(let name, let type): "type \(type.rawValue) needs \(name)"
    case .badV: "the signature's v is none"
    case .signature(let error): "bad signature: \(error)"
    case .noSigner: "no key can have made the signature"
    case .otherChain(let found, let wanted):
      "it is for \(found.map { "the chain \($0)" } ?? "any chain"), not the chain \(wanted)"
    case .invalid(let reason): reason
    }
  }
}
