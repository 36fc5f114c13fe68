public import Ethereum
internal import Hashing
public import Records

/// Whether what a record says was signed was, and by whom it should be: named checks, as in a proof's verdict.
public struct SignatureVerdict: Sendable {
  /// One check.
  public struct Check: Equatable, Sendable {
    /// How a check may end.
    public enum Status: String, Sendable {
      case passed, failed, missing
    }

    /// The member that holds what was signed: `tx`, `message`.
    public var member: String
    /// `signature`: that there is one, by some key; `signer`: that the key is the right one's; `call`: that `function`
    /// and `args` tell the call that is signed.
    public var name: String
    /// How it ended.
    public var status: Status
    /// Why it did not pass.
    public var reason: String?
  }

  /// All of them, two for each thing that was signed, and one for a transaction's call.
  public let checks: [Check]

  /// Whether every check passed.
  public var isOK: Bool { checks.allSatisfy { $0.status == .passed } }

  /// The status of a tool: 1 where a check failed, 66 where none did but something is missing.
  public var status: Failure.Status {
    if checks.contains(where: { $0.status == .failed }) { return .answerNo }
    return isOK ? .done : .missingInput
  }

  /// The member `verdict` of a record.
  public var json: JSON {
    let list = checks.map { check -> JSON in
      var members: JSONObject = [
        "member": .string(check.member), "name": .string(check.name),
        "status": .string(check.status.rawValue),
      ]
      members["reason"] = check.reason.map { .string($0) }
      return .object(members)
    }
    return ["ok": .bool(isOK), "checks": .array(list)]
  }

  /// Judges everything in a record that `sign` can have signed; 65 where there is nothing.
  ///
  /// Who signed is compared with the account given, and with what the record itself says: recovery alone is no
  /// verification, since some account comes out of almost any signature. `call` says whether a transaction's
  /// `function` and `args` were compared with what is signed, which is false where nothing tells what they mean; it
  /// throws where they tell another call.
  public init(
    of record: Record, by account: Address?, call: (TransactionRecord) throws(Failure) -> Bool
  ) throws(Failure) {
    let kinds = Signable.Kind.allCases.filter { record.has($0.rawValue) }
    guard !kinds.isEmpty else {
      let names = Signable.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw Failure(.data, "the record has nothing that can be signed: none of \(names)")
    }
    var checks: [Check] = []
    for kind in kinds {
      do throws(Refusal) {
        let (signer, stated) = try Self.signer(of: record, kind)
        checks.append(Check(member: kind.rawValue, name: "signature", status: .passed))
        checks.append(Self.compare(signer, [account, stated].compactMap { $0 }, kind))
        if kind == .transaction, let check = Self.check(call, of: record) { checks.append(check) }
      } catch {
        checks.append(
          Check(
            member: kind.rawValue, name: "signature", status: error.status, reason: error.reason))
      }
    }
    self.checks = checks
  }

  private struct Refusal: Error {
    var status: Check.Status
    var reason: String

    init(_ status: Check.Status, _ reason: String) {
      self.status = status
      self.reason = reason
    }
  }

  private static func compare(
    _ signer: Address, _ wanted: [Address], _ kind: Signable.Kind
  ) -> Check {
    var check = Check(member: kind.rawValue, name: "signer", status: .passed)
    if wanted.isEmpty {
      check.status = .missing
      check.reason = "nothing says who should have signed; \(signer) did"
    } else if let other = wanted.first(where: { $0 != signer }) {
      check.status = .failed
      check.reason = "signed by \(signer), not by \(other)"
    }
    return check
  }

  /// The check of what a transaction tells people of its call; nil where it tells nothing.
  private static func check(
    _ call: (TransactionRecord) throws(Failure) -> Bool, of record: Record
  ) -> Check? {
    guard let transaction = try? record.transaction(), transaction.tellsCall else { return nil }
    var check = Check(member: Signable.Kind.transaction.rawValue, name: "call", status: .passed)
    do throws(Failure) {
      guard try !call(transaction) else { return check }
      check.status = .missing
      check.reason = "tx.function is a name alone, and its contract is not registered here"
    } catch {
      check.status = .failed
      check.reason = error.message
    }
    return check
  }

  /// Who signed, and who the record says did.
  private static func signer(
    of record: Record, _ kind: Signable.Kind
  ) throws(Refusal) -> (Address, stated: Address?) {
    let found: (signer: Address?, stated: Address?)?
    do throws(Failure) {
      switch kind {
      case .transaction:
        // Reading it compares each member with what was signed.
        found = try record.transaction().flatMap { one in
          one.signed.map { ($0.from, one.fields.from) }
        }
      case .authorization:
        let authorization = try record.authorization()
        let stated = try record.address("signer")
        found = authorization.map { ($0.authority, stated) }
      default:
        found = record.has("signature") ? try record.messageSigner(kind) : nil
      }
    } catch {
      throw Refusal(.failed, error.message)
    }
    guard let found else { throw Refusal(.missing, "it is not signed") }
    guard let signer = found.signer else { throw Refusal(.failed, "no key made the signature") }
    return (signer, found.stated)
  }
}

extension Record {
  fileprivate func messageSigner(
    _ kind: Signable.Kind
  ) throws(Failure) -> (signer: Address?, stated: Address?) {
    let digest = try Signable(self, as: kind).digest
    return (try signature().signer(of: digest)?.address, try address("signer"))
  }

  fileprivate func signature() throws(Failure) -> Signature {
    let text = try operand("signature")
    do throws(SignatureError) { return try Signature(parsing: text) } catch {
      throw Failure(.data, error.description)
    }
  }

  fileprivate func address(_ name: String) throws(Failure) -> Address? {
    guard has(name) else { return nil }
    let text = try operand(name)
    do throws(AddressError) { return try Address(parsing: text) } catch {
      throw Failure(.data, "\"\(name)\" is no address: \(error)")
    }
  }

  /// The permission in `authorization`; nil where it is not signed.
  fileprivate func authorization() throws(Failure) -> Authorization? {
    guard let members = try object("authorization"), members["r"] != nil else { return nil }
    do throws(TransactionMemberError) { return try Authorization(members) } catch {
      throw Failure(.data, error.description)
    }
  }
}
