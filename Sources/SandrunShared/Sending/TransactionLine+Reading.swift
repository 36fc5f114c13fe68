internal import Hashing
internal import Records

extension JournalledTransaction {
  /// Reads the line of a signed transaction in full.
  init(line: [UInt8]) throws(TransactionLine.Unreadable) {
    do {
      let text = try ObjectText(parsing: line)
      guard let members = try text.value(of: "sign")?.object, let record = text.text(of: "record"),
        let tx = text.text(of: "tx")
      else { throw TransactionLine.Unreadable(reason: "it has no record") }
      self = try Self(members, record: ObjectText(parsing: Array(record)), tx: Array(tx))
    } catch let error as TransactionLine.Unreadable {
      throw error
    } catch {
      throw TransactionLine.Unreadable(reason: "\(error)")
    }
  }

  private init(
    _ members: JSONObject, record: ObjectText, tx: [UInt8]
  ) throws(TransactionLine.Unreadable) {
    guard let time = members["time"]?.string.flatMap({ try? Timestamp($0) }),
      let nonce = members.number("nonce"), let hash = members.digest("hash"),
      let kind = members["kind"]?.string.flatMap(Kind.init), let content = members.digest("content")
    else { throw TransactionLine.Unreadable(reason: "it is not complete") }
    self.init(
      time: time, nonce: nonce, kind: kind, hash: hash, once: members["once"]?.string,
      content: content, uses: members.number("uses") ?? 0, record: Record(record), tx: tx)
    process = members.number("process").flatMap { Int32(exactly: $0) }
  }
}

extension TransactionLine {
  /// Reads the ID that a line gives an entry.
  static func once(in line: [UInt8]) throws(Unreadable) -> String {
    guard let once = (try? JSON(parsing: line))?["once"]?.object?["once"]?.string else {
      throw Unreadable(reason: "it gives no ID")
    }
    return once
  }
}

extension JournalledSettlement {
  /// The line's mark, the transaction that it is about, and what else it says.
  func line(of place: TransactionLine.Place) -> [UInt8] {
    var more: JSONObject = [:]
    if mined == nil { more["by"] = replacement.map { .string("\($0)") } }
    more["blockNumber"] = blockNumber.map { .integer($0) }
    more["blockHash"] = blockHash.map { .string("\($0)") }
    return TransactionLine.mark(mined == nil ? .replaced : .mined, place, more)
  }

  /// Reads a line of either mark.
  init(line: [UInt8]) throws(TransactionLine.Unreadable) {
    guard let object = try? JSON(parsing: line).object,
      let members = (object["mined"] ?? object["replaced"])?.object
    else { throw TransactionLine.Unreadable(reason: "it tells of no end") }
    self.init(
      mined: object["mined"] == nil ? nil : members.digest("hash"),
      replacement: members.digest("by"), blockNumber: members.number("blockNumber"),
      blockHash: members.digest("blockHash"))
  }
}

extension Failure {
  /// The members of a line that says how an offer ended.
  var journalled: JSONObject {
    var members: JSONObject = [
      "status": .integer(status.rawValue), "code": .string(code), "message": .string(message),
      "retryable": .bool(isRetryable),
    ]
    members["hint"] = hint.map { .string($0) }
    return members
  }

  /// Reads a line that says how an offer ended.
  init(line: [UInt8]) throws(TransactionLine.Unreadable) {
    guard let members = (try? JSON(parsing: line))?["void"]?.object,
      let status = members["status"]?.integer.flatMap({ Int32(exactly: $0) }),
      let message = members["message"]?.string
    else { throw TransactionLine.Unreadable(reason: "it tells of no failure") }
    self.init(
      Status(rawValue: status), message, code: members["code"]?.string,
      hint: members["hint"]?.string, isRetryable: members["retryable"]?.boolean)
  }
}
