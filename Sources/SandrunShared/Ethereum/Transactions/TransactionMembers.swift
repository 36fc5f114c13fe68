internal import Hashing
internal import Records
internal import WideInteger

/// Reads members of a record's `tx`, or of an object in it: integers, decimal strings and quantities alike.
struct TransactionMembers {
  private let members: JSONObject
  private let path: String

  init(_ members: JSONObject, in path: String = "") {
    self.members = members
    self.path = path
  }

  func error(_ name: String, _ reason: String) -> TransactionMemberError {
    TransactionMemberError(path + name, reason)
  }

  /// A member that is there and is not null.
  private func value(_ name: String) -> JSON? {
    guard let value = members[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  func text(_ name: String) throws(TransactionMemberError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.string else { throw error(name, "\(value.kind), not a string") }
    return text
  }

  func array(_ name: String) throws(TransactionMemberError) -> [JSON]? {
    guard let value = value(name) else { return nil }
    guard let elements = value.elements else { throw error(name, "\(value.kind), not an array") }
    return elements
  }

  /// The text of an integer: a number's own, or a string.
  private func digits(_ name: String) throws(TransactionMemberError) -> String? {
    switch value(name) {
    case nil: return nil
    case .number(let number): return number.description
    case .string(let text): return text
    case let value?: throw error(name, "\(value.kind), not an integer")
    }
  }

  func number(_ name: String) throws(TransactionMemberError) -> UInt256? {
    guard let digits = try digits(name) else { return nil }
    do throws(WideIntegerError) {
      return digits.utf8.starts(with: "0x".utf8)
        ? try UInt256(hex: digits) : try UInt256(decimal: digits)
    } catch {
      throw self.error(name, "\(JSON.string(digits)) is no integer of 256 bits: \(error)")
    }
  }

  func small(_ name: String) throws(TransactionMemberError) -> UInt64? {
    guard let number = try number(name) else { return nil }
    guard number.high == 0, number.low <= UInt128(UInt64.max) else {
      throw error(name, "above 2^64 - 1")
    }
    return UInt64(truncatingIfNeeded: number.low)
  }

  /// An amount in wei; a string may have a unit.
  func amount(_ name: String) throws(TransactionMemberError) -> UInt256? {
    guard let digits = try digits(name) else { return nil }
    if let plain = try? UInt256(decimal: digits) { return plain }
    if digits.utf8.starts(with: "0x".utf8) { return try number(name) }
    guard case .string = value(name), let amount = try? Amount.parse(digits) else {
      throw error(name, "\(JSON.string(digits)) is no amount such as 0.1ETH, 5gwei or 100 (wei)")
    }
    return amount
  }

  func kind(_ name: String) throws(TransactionMemberError) -> Transaction.Kind? {
    guard let number = try number(name) else { return nil }
    guard let kind = UInt8(exactly: number).flatMap(Transaction.Kind.init) else {
      throw error(name, "\(number) is none of 0 to 4")
    }
    return kind
  }

  func address(_ name: String) throws(TransactionMemberError) -> Address? {
    guard let text = try text(name) else { return nil }
    do throws(AddressError) { return try Address(parsing: text) } catch {
      throw self.error(name, "\(JSON.string(text)) is no address: \(error)")
    }
  }

  func recipient(_ name: String) throws(TransactionMemberError) -> TransactionFields.Recipient? {
    if case .null? = members[name] { return .creation }
    guard let text = try text(name) else { return nil }
    guard text.utf8.starts(with: "0x".utf8) else {
      guard !text.isEmpty else { throw error(name, "neither an address nor a name") }
      return .name(text)
    }
    return try address(name).map { .address($0) }
  }

  func bytes(_ name: String) throws(TransactionMemberError) -> [UInt8]? {
    guard let text = try text(name) else { return nil }
    do throws(BaseError) { return try Hex.decode(text) } catch {
      throw self.error(name, "not 0x and pairs of hexadecimal digits")
    }
  }

  func words(_ name: String) throws(TransactionMemberError) -> [Digest32]? {
    guard let elements = try array(name) else { return nil }
    var words: [Digest32] = []
    for (index, element) in elements.enumerated() {
      guard let word = element.string.flatMap({ try? Digest32(hex: $0) }) else {
        throw error("\(name)[\(index)]", "not 0x and 64 hexadecimal digits")
      }
      words.append(word)
    }
    return words
  }

  // MARK: Lists of objects

  private func objects(_ name: String) throws(TransactionMemberError) -> [TransactionMembers]? {
    guard let elements = try array(name) else { return nil }
    var objects: [TransactionMembers] = []
    for (index, element) in elements.enumerated() {
      guard let object = element.object else {
        throw error("\(name)[\(index)]", "\(element.kind), not an object")
      }
      objects.append(TransactionMembers(object, in: "\(path)\(name)[\(index)]."))
    }
    return objects
  }

  private func wanted<Value>(
    _ name: String, _ value: Value?
  ) throws(TransactionMemberError) -> Value {
    guard let value else { throw error(name, "missing") }
    return value
  }

  func accessList(_ name: String) throws(TransactionMemberError) -> [AccessListEntry]? {
    guard let objects = try objects(name) else { return nil }
    var entries: [AccessListEntry] = []
    for entry in objects {
      entries.append(
        AccessListEntry(
          address: try entry.wanted("address", try entry.address("address")),
          storageKeys: try entry.words("storageKeys") ?? []))
    }
    return entries
  }

  func authorizations(_ name: String) throws(TransactionMemberError) -> [Authorization]? {
    guard let objects = try objects(name) else { return nil }
    var found: [Authorization] = []
    for entry in objects {
      let terms = try entry.terms()
      let parity = try entry.wanted("yParity", try entry.number("yParity"))
      guard let parity = UInt8(exactly: parity) else {
        throw entry.error("yParity", "above 255")
      }
      found.append(
        Authorization(
          terms, yParity: parity, r: try entry.wanted("r", try entry.number("r")),
          s: try entry.wanted("s", try entry.number("s"))))
    }
    return found
  }

  /// What an authorization's signature covers.
  func terms() throws(TransactionMemberError) -> Authorization.Terms {
    Authorization.Terms(
      chainId: try wanted("chainId", try number("chainId")),
      address: try wanted("address", try address("address")),
      nonce: try wanted("nonce", try small("nonce")))
  }

  func blobs() throws(TransactionMemberError) -> Transaction.Blobs? {
    let fee = try amount("maxFeePerBlobGas")
    let hashes = try words("blobVersionedHashes")
    guard fee != nil || hashes != nil else { return nil }
    return .init(
      maxFeePerGas: try wanted("maxFeePerBlobGas", fee),
      hashes: try wanted("blobVersionedHashes", hashes))
  }
}
