public import Ethereum
public import Hashing
public import Records

/// What a record asks to have signed, or says was signed.
public enum Signable: Sendable {
  /// The kinds, by the member that holds them.
  public enum Kind: String, CaseIterable, Sendable {
    case transaction = "tx"
    case message
    case messageBytes
    case typedData
    case digest
    case authorization

    /// The first kind of which the record has the member.
    public init?(in record: Record) {
      guard let found = Self.allCases.first(where: { record.has($0.rawValue) }) else { return nil }
      self = found
    }
  }

  /// A transaction that is complete.
  case transaction(Transaction)
  /// Bytes that are signed as a message (EIP-191).
  case message([UInt8])
  /// A structure (EIP-712).
  case typedData(TypedData)
  /// A hash of anything, signed as it is.
  case digest(Digest32)
  /// The permission to set an account's code (EIP-7702).
  case authorization(Authorization.Terms)

  /// Reads what a record holds of a kind; 65 where it is malformed, or missing.
  public init(_ record: Record, as kind: Kind) throws(Failure) {
    switch kind {
    case .transaction:
      guard let found = try record.transaction() else { throw Self.missing(kind) }
      do throws(TransactionMemberError) {
        self = .transaction(try found.fields.transaction())
      } catch {
        throw Failure(error)
      }
    case .message: self = .message(Array(try record.operand("message").utf8))
    case .messageBytes:
      guard !record.has("message") else {
        throw Failure(.data, "the record has both \"message\" and \"messageBytes\"")
      }
      guard let bytes = try? Hex.decode(try record.operand("messageBytes")) else {
        throw Failure(.data, "\"messageBytes\" is not 0x and pairs of hexadecimal digits")
      }
      self = .message(bytes)
    case .typedData:
      guard let json = try record["typedData"] else { throw Self.missing(kind) }
      do throws(TypedDataError) { self = .typedData(try TypedData(json)) } catch {
        throw Failure(.data, error.description)
      }
    case .digest:
      guard let digest = try? Digest32(hex: record.operand("digest")) else {
        throw Failure(.data, "\"digest\" is not 0x and 64 hexadecimal digits")
      }
      self = .digest(digest)
    case .authorization:
      guard let members = try record.object("authorization") else { throw Self.missing(kind) }
      do throws(TransactionMemberError) {
        self = .authorization(try Authorization.Terms(members))
      } catch {
        throw Failure(.data, error.description)
      }
    }
  }

  private static func missing(_ kind: Kind) -> Failure {
    Failure(.data, "the record has no \"\(kind.rawValue)\"")
  }

  /// The hash that is signed.
  public var digest: Digest32 {
    switch self {
    case .transaction(let transaction): transaction.digest
    case .message(let bytes): PersonalMessage.digest(of: bytes)
    case .typedData(let data): data.digest
    case .digest(let digest): digest
    case .authorization(let terms): terms.digest
    }
  }
}

extension Record {
  /// The record with a signature by an account: in `tx`, in `authorization`, else in `signature`; and `signer`.
  public func setting(
    _ signature: Signature, of signed: Signable, by account: Address
  ) throws(Failure) -> Record {
    switch signed {
    case .transaction(let transaction):
      return try setting(
        signed: SignedTransaction(transaction, signature, signedBy: account))
    case .authorization(let terms):
      var members = try object("authorization") ?? JSONObject()
      for member in terms.signed(signature).json.object?.members ?? [] {
        members[member.name] = member.value
      }
      return setting("authorization", to: .object(members))
        .setting("signer", to: .string("\(account)"))
    default:
      return setting("signature", to: .string("\(signature)"))
        .setting("signer", to: .string("\(account)"))
    }
  }
}
