internal import Hashing
internal import Journals
internal import Records

/// What one line of a transaction journal says.
enum TransactionLine {
  /// A transaction was signed for a nonce.
  case sign(Signed)
  /// Something happened to one that was.
  case mark(Mark, Place)
  /// The entry of one gets an ID.
  case name([UInt8], Place)

  /// Which signature a line is about: the same bytes may be signed again once they were refused for good.
  struct Place {
    /// How many transactions the journal has up to it.
    var number: Int
    var hash: Digest32
  }

  /// What an index keeps of a signed transaction.
  struct Signed {
    var hash: Digest32
    var nonce: UInt64
    var uses: UInt64
    var once: [UInt8]?
  }

  /// What can happen to a transaction.
  enum Mark: String {
    /// Every endpoint refused it at its first offer.
    case void
    /// Its record was written to standard output.
    case told
    /// Another run than the one that signed it offers it.
    case offer
    /// It was mined.
    case mined
    /// Something else used its nonce.
    case replaced
  }

  /// Why a line, whole as it is, says nothing.
  struct Unreadable: Error {
    var reason: String
  }

  // What stands before the record, which may be long, and which no index needs. No string has these bytes: a quote in
  // one has a backslash before it.
  private static let record = Array(#"},"record":"#.utf8)

  /// Reads a line; of a signed transaction only what stands before its record.
  init(_ text: ArraySlice<UInt8>) throws(Unreadable) {
    var front = Array(text)
    if text.starts(with: #"{"sign":"#.utf8) {
      guard let end = Self.end(of: text) else { throw Unreadable(reason: "it has no record") }
      front = Array(text[...end]) + [UInt8(ascii: "}")]
    }
    do {
      let object = try ObjectText(parsing: front)
      guard let name = object.names.first, let members = try object.value(of: name)?.object else {
        throw Unreadable(reason: "it says nothing")
      }
      self = try Self.read(name, members)
      // The line has the authorizations themselves, too.
      if case .sign(let signed) = self, signed.uses > text.count {
        throw Unreadable(reason: "it uses more nonces than it has bytes")
      }
    } catch let error as Unreadable {
      throw error
    } catch {
      throw Unreadable(reason: "\(error)")
    }
  }

  private static func end(of text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    while let brace = text[index...].firstIndex(of: record[0]) {
      if text[brace...].starts(with: record) { return brace }
      index = brace + 1
    }
    return nil
  }

  private static func read(
    _ name: String, _ members: JSONObject
  ) throws(Unreadable) -> TransactionLine {
    guard let hash = members["hash"]?.string.flatMap({ try? Digest32(hex: $0) }) else {
      throw Unreadable(reason: "it has no hash")
    }
    guard name == "sign" else {
      guard let number = members.number("sign").flatMap({ Int(exactly: $0) }) else {
        throw Unreadable(reason: "it does not say which signature it is about")
      }
      let place = Place(number: number, hash: hash)
      if let mark = Mark(rawValue: name) { return .mark(mark, place) }
      guard name == "once", let once = members["once"]?.string else {
        throw Unreadable(reason: "nothing is known of '\(name)'")
      }
      return .name(Array(once.utf8), place)
    }
    guard let nonce = members.number("nonce"), nonce < .max else {
      throw Unreadable(reason: "it has no nonce")
    }
    let (last, isOver) = nonce.addingReportingOverflow(members.number("uses") ?? 0)
    guard !isOver, last < .max else { throw Unreadable(reason: "it uses too many nonces") }
    return .sign(
      Signed(
        hash: hash, nonce: nonce, uses: last - nonce,
        once: members["once"]?.string.map { Array($0.utf8) }))
  }

  // MARK: Writing

  /// The line of a signed transaction; what an index needs comes first.
  static func sign(_ transaction: JournalledTransaction) -> [UInt8] {
    var members: JSONObject = [
      "hash": .string("\(transaction.hash)"), "nonce": .integer(transaction.nonce),
      "kind": .string(transaction.kind.rawValue), "time": .string("\(transaction.time)"),
      "content": .string("\(transaction.content)"),
    ]
    if let process = transaction.process { members["process"] = .integer(UInt64(process)) }
    if transaction.uses > 0 { members["uses"] = .integer(transaction.uses) }
    if let once = transaction.once { members["once"] = .string(once) }
    var text = ObjectText(["sign": .object(members)])
    text.set("record", to: transaction.record.bytes)
    text.set("tx", to: transaction.tx)
    return text.bytes
  }

  /// The line of what happened to a transaction.
  static func mark(_ mark: Mark, _ place: Place, _ more: JSONObject = [:]) -> [UInt8] {
    ObjectText([mark.rawValue: .object(place.members(more))]).bytes
  }

  /// The line of an ID that an entry gets.
  static func name(_ once: String, _ place: Place) -> [UInt8] {
    ObjectText(["once": .object(place.members(["once": .string(once)]))]).bytes
  }
}

extension TransactionLine.Place {
  /// The members of a line about it.
  fileprivate func members(_ more: JSONObject) -> JSONObject {
    let own: JSONObject = ["hash": .string("\(hash)"), "sign": .integer(UInt64(number))]
    return JSONObject(own.members + more.members)
  }
}

extension JSONObject {
  /// A member that is a whole number of 64 bits; nil where it is none.
  func number(_ name: String) -> UInt64? {
    guard case .number(let number)? = self[name] else { return nil }
    return UInt64(number.description)
  }

  /// A member that is 32 bytes in hexadecimal digits; nil where it is none.
  func digest(_ name: String) -> Digest32? {
    self[name]?.string.flatMap { try? Digest32(hex: $0) }
  }
}
