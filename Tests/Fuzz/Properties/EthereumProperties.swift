internal import ABI
internal import Ethereum
internal import Hashing
internal import Records

/// What is read as RLP is written back as the same bytes: there is one form of everything.
func checkRLPProperties(_ bytes: [UInt8]) {
  guard let item = try? RLP(decoding: bytes) else { return }
  precondition(item.encoded == bytes, "RLP that is read and written is other RLP")
}

/// A transaction that is read stands for the same bytes, in itself and through its record.
///
/// An input that begins with `{` is the `tx` of a record, all else is a raw transaction.
func checkTransactionProperties(_ bytes: [UInt8]) {
  if bytes.first == UInt8(ascii: "{") { return checkTransactionRecord(bytes) }
  guard let signed = try? SignedTransaction(raw: bytes) else { return }
  let put = try? SignedTransaction(signed.transaction, signed.signature, from: signed.from)
  precondition(put?.raw == bytes, "other raw bytes, or another sender")
  _ = signed.transaction.intrinsicGas
  let isValid = (try? signed.transaction.validate()) != nil
  let members = TransactionFields(signed.transaction, from: signed.from).members
  guard let fields = try? TransactionFields(members) else {
    fatalError("a transaction's own members are refused")
  }
  // The members of a transaction that no block takes, or that is bound to no chain, may be refused; they never say another.
  if let again = try? fields.transaction() {
    precondition(again == signed.transaction, "the members say another transaction")
  } else {
    precondition(
      !isValid || signed.transaction.blobs != nil || signed.transaction.chainId == nil,
      "a valid transaction is refused")
  }
}

private func checkTransactionRecord(_ bytes: [UInt8]) {
  guard let members = (try? JSON(parsing: bytes))?.object,
    let record = try? TransactionRecord(members)
  else { return }
  if let signed = record.signed {
    precondition(signed.from == record.fields.from ?? signed.from, "raw is by another than 'from'")
  }
  guard let transaction = try? record.fields.transaction() else { return }
  let written = TransactionFields(transaction, from: record.fields.from).members
  guard let again = try? TransactionFields(written).transaction() else {
    fatalError("a record's own members are refused")
  }
  precondition(again == transaction, "the members say another transaction")
}

/// What is read of an encoding is written back as the same bytes, and through JSON as the same values.
///
/// The input is a list of types, a line end, and the data.
func checkABIProperties(_ bytes: [UInt8]) {
  let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
  let text = String(decoding: bytes[..<end], as: UTF8.self)
  // Whatever the text is, none of the readers of text may fail on it other than by an error.
  _ = try? ABIFunction(parsing: text)
  _ = try? ABIEvent(parsing: text)
  _ = try? ContractABI(parsing: Array(bytes[..<end]))
  guard let type = try? ABIType(parsing: text) else { return }
  let name = type.description
  precondition(
    (try? ABIType(parsing: name))?.description == name, "a type's own name is another's")
  let data = end < bytes.endIndex ? Array(bytes[(end + 1)...]) : []
  _ = RevertReason(decoding: data)
  if let typed = try? ABIValue(parsing: String(decoding: data, as: UTF8.self), as: type) {
    guard let encoded = try? ABI.encode([typed], as: [type]) else {
      fatalError("a value that was taken is not encoded")
    }
    precondition((try? ABI.decode(encoded, as: [type])) == [typed], "an encoding is not decoded")
  }
  guard let values = try? ABI.decode(data, as: [type]) else { return }
  precondition((try? ABI.encode(values, as: [type])) == data, "other data than what was read")
  let json = values[0].json
  guard let again = try? ABIValue(json: json, as: type) else {
    fatalError("a value's own JSON is refused")
  }
  precondition(again == values[0], "a value changed on its way through JSON")
  _ = try? ABI.encodePacked(values, as: [type])
  checkABIDefinitions(values[0], of: type)
}

/// Functions, errors and events of one parameter give back what they were given, found by name, selector and topic.
private func checkABIDefinitions(_ value: ABIValue, of type: ABIType) {
  let inputs = [ABIParameter("a", type)]
  let function = ABIFunction(name: "f", inputs: inputs, outputs: inputs)
  let error = ABICustomError(name: "e", inputs: inputs)
  let plain = ABIParameter("b", type)
  let indexed = ABIParameter("a", type, isIndexed: true)
  do {
    let event = try ABIEvent(name: "E", inputs: [indexed, plain])
    let abi = ContractABI(functions: [function], events: [event], errors: [error])
    let index = ABIIndex(abi)
    let named = try abi.function(named: "f", arguments: [value.json])
    let call = try named.function.encodeCall(named.arguments)
    let called = try index.function(calledBy: call).decodeCall(call)
    precondition(called == [value], "another call")
    let revert = try error.encode([value])
    precondition(
      RevertReason(decoding: revert, index: index) == .custom(error, [value]), "another revert")
    let log = try event.encode([.value(value), .value(value)])
    let decoded = try index.decode(topics: log.topics, data: log.data)
    let arguments = decoded.arguments
    var written = ObjectText([:])
    decoded.write(to: &written)
    let members: JSONObject = [
      "event": .string(event.signature), "args": .array(arguments.map(\.json)),
    ]
    precondition(written.bytes == JSON.object(members).bytes, "a log is written otherwise")
    precondition(arguments[1] == .value(value), "another log")
    if type.isReference {
      let hash = try ABI.topicHash(value, as: type)
      precondition(arguments[0] == .hash(hash), "another hash")
    } else {
      precondition(arguments[0] == .value(value), "another topic")
    }
    let json = JSON.array(arguments.map(\.json))
    let again = try event.encode(try event.arguments(json))
    precondition(again == log, "another log from JSON")
  } catch {
    fatalError("what was decoded is refused: \(error)")
  }
}

/// Typed data has one digest however its JSON is spaced.
func checkTypedDataProperties(_ bytes: [UInt8]) {
  guard let json = try? JSON(parsing: bytes), let data = try? TypedData(json) else { return }
  guard let compact = try? JSON(parsing: json.bytes), let again = try? TypedData(compact) else {
    fatalError("the same typed data is refused")
  }
  precondition(again == data, "the same typed data has another digest")
}

/// A keystore that is read and written is the same keystore.
func checkKeystoreProperties(_ bytes: [UInt8]) {
  guard let keystore = try? Keystore(parsing: bytes) else { return }
  let written = keystore.json.bytes
  guard let again = try? Keystore(parsing: written) else { fatalError("own output is refused") }
  precondition(again.json.bytes == written, "writing is not stable")
}
