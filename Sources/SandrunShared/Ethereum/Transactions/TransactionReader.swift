internal import Hashing
internal import WideInteger

/// The fields of a transaction in RLP, read one after the other, each named for errors.
struct TransactionReader {
  private let type: Transaction.Kind
  private var fields: RLPReader

  /// Opens the list of the fields, behind the byte of the type.
  init(_ raw: [UInt8]) throws(TransactionError) {
    guard let first = raw.first else { throw .empty }
    var body = raw[...]
    if first >= 0xc0 {
      type = .legacy
    } else {
      guard first != 0, let type = Transaction.Kind(rawValue: first) else {
        throw .unknownType(first)
      }
      self.type = type
      body = body.dropFirst()
    }
    fields = try Self.list(body)
  }

  private static func list(_ body: ArraySlice<UInt8>) throws(TransactionError) -> RLPReader {
    var reader = RLPReader(body)
    let item: RLPReader.Item
    do throws(RLPError) {
      item = try reader.next()
      guard reader.isAtEnd else { throw reader.error(.trailing) }
    } catch {
      throw .rlp(error)
    }
    guard case .list(let fields) = item else { throw .wrongKind("the transaction") }
    return fields
  }

  /// The transaction and its signature.
  mutating func signed() throws(TransactionError) -> (Transaction, Signature) {
    var chainId = type == .legacy ? nil : try number("chainId")
    let nonce = try small("nonce")
    let fees = try fees()
    let gas = try small("gas")
    let to = try address("to", orNone: true)
    let value = try number("value")
    let data = try Array(bytes("data"))
    let accessList = type == .legacy ? [] : try accessList()
    let blobs = type == .blob ? try blobs() : nil
    let authorizations = type == .setCode ? try authorizations() : []
    let parity: UInt8
    if type == .legacy {
      (parity, chainId) = try Self.parity(ofV: bytes("v"))
    } else {
      let found = try small("yParity")
      guard found <= 1 else { throw .badV }
      parity = UInt8(found)
    }
    let r = try number("r")
    let s = try number("s")
    guard fields.isAtEnd else { throw .surplusFields }
    let transaction = try Transaction(
      type: type, chainId: chainId, nonce: nonce, to: to, value: value, data: data, gas: gas,
      fees: fees, accessList: accessList, authorizationList: authorizations, blobs: blobs)
    do throws(SignatureError) {
      return (transaction, try Signature(r: r, s: s, yParity: parity))
    } catch {
      throw .signature(error)
    }
  }

  private mutating func fees() throws(TransactionError) -> Transaction.Fees {
    guard type.hasDynamicFees else { return .price(try number("gasPrice")) }
    let tip = try number("maxPriorityFeePerGas")
    return .dynamic(cap: try number("maxFeePerGas"), tip: tip)
  }

  private mutating func accessList() throws(TransactionError) -> [AccessListEntry] {
    var entries: [AccessListEntry] = []
    var list = try list("accessList")
    while !list.fields.isAtEnd {
      var entry = try list.list("accessList")
      let address = try entry.address("accessList.address", orNone: false)
      entries.append(
        AccessListEntry(
          address: try Self.present(address, "accessList.address"),
          storageKeys: try entry.words("accessList.storageKeys")))
      guard entry.fields.isAtEnd else { throw .surplusFields }
    }
    return entries
  }

  private mutating func blobs() throws(TransactionError) -> Transaction.Blobs {
    let fee = try number("maxFeePerBlobGas")
    return .init(maxFeePerGas: fee, hashes: try words("blobVersionedHashes"))
  }

  private mutating func authorizations() throws(TransactionError) -> [Authorization] {
    var found: [Authorization] = []
    var list = try list("authorizationList")
    while !list.fields.isAtEnd {
      var entry = try list.list("authorizationList")
      let chainId = try entry.number("authorizationList.chainId")
      let address = try entry.address("authorizationList.address", orNone: false)
      let nonce = try entry.small("authorizationList.nonce")
      let parity = try entry.small("authorizationList.yParity")
      guard let parity = UInt8(exactly: parity) else {
        throw .outOfRange("authorizationList.yParity")
      }
      let r = try entry.number("authorizationList.r")
      let s = try entry.number("authorizationList.s")
      guard entry.fields.isAtEnd else { throw .surplusFields }
      let terms = Authorization.Terms(
        chainId: chainId, address: try Self.present(address, "authorizationList.address"),
        nonce: nonce)
      found.append(Authorization(terms, yParity: parity, r: r, s: s))
    }
    return found
  }

  // MARK: One field

  private mutating func item(_ name: String) throws(TransactionError) -> RLPReader.Item {
    guard !fields.isAtEnd else { throw .noField(name) }
    do throws(RLPError) { return try fields.next() } catch { throw .rlp(error) }
  }

  private mutating func bytes(_ name: String) throws(TransactionError) -> ArraySlice<UInt8> {
    guard case .bytes(let bytes) = try item(name) else { throw .wrongKind(name) }
    return bytes
  }

  private mutating func list(_ name: String) throws(TransactionError) -> TransactionReader {
    guard case .list(let content) = try item(name) else { throw .wrongKind(name) }
    var reader = self
    reader.fields = content
    return reader
  }

  private mutating func number(_ name: String) throws(TransactionError) -> UInt256 {
    let bytes = try bytes(name)
    guard bytes.first != 0 else { throw .leadingZeros(name) }
    guard let number = try? UInt256(minimalBytes: bytes) else { throw .outOfRange(name) }
    return number
  }

  private mutating func small(_ name: String) throws(TransactionError) -> UInt64 {
    guard let small = UInt64(exactly: try number(name)) else { throw .outOfRange(name) }
    return small
  }

  private mutating func address(
    _ name: String, orNone: Bool
  ) throws(TransactionError) -> Address? {
    let bytes = try bytes(name)
    if bytes.isEmpty, orNone { return nil }
    guard let address = try? Address(bytes: bytes) else { throw .badLength(name, bytes.count) }
    return address
  }

  private static func present(
    _ address: Address?, _ name: String
  ) throws(TransactionError) -> Address {
    guard let address else { throw .badLength(name, 0) }
    return address
  }

  private mutating func words(_ name: String) throws(TransactionError) -> [Digest32] {
    var words: [Digest32] = []
    var list = try list(name)
    while !list.fields.isAtEnd {
      let bytes = Array(try list.bytes(name))
      guard let word = try? Digest32(bytes) else { throw .badLength(name, bytes.count) }
      words.append(word)
    }
    return words
  }

  /// EIP-155: 35 and the parity and twice the chain, in up to 257 bits; 27 or 28 for any chain.
  private static func parity(
    ofV bytes: ArraySlice<UInt8>
  ) throws(TransactionError) -> (UInt8, UInt256?) {
    guard bytes.first != 0 else { throw .leadingZeros("v") }
    guard let low = try? UInt256(minimalBytes: bytes.suffix(32)) else { throw .outOfRange("v") }
    if bytes.count <= 32 {
      if low == 27 || low == 28 { return (low == 27 ? 0 : 1, nil) }
      // 35 and 36 would be the chain 0, which means none.
      guard low >= 37 else { throw .badV }
    }
    let (rest, borrows) = low.subtractingReportingOverflow(35)
    let top = bytes.count <= 32 ? 0 : UInt256(bytes[bytes.startIndex]) - (borrows ? 1 : 0)
    guard bytes.count <= 33, top <= 1 else { throw .outOfRange("v") }
    return (UInt8(rest.low & 1), top << 255 | rest >> 1)
  }
}
