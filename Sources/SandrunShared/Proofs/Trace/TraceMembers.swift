internal import Hashing
internal import Records

/// The members of one object of a trace, each taken once; what nobody took is refused.
struct TraceMembers {
  private let members: [JSONObject.Member]
  private var isTaken: [Bool]

  /// The members of an object; `name` says where it stands, for the error.
  init(_ json: JSON?, named name: String) throws(TraceErrorReason) {
    guard let object = json?.object else { throw .init(.badMember(name)) }
    members = object.members
    isTaken = Array(repeating: false, count: members.count)
  }

  mutating func json(_ name: String) throws(TraceErrorReason) -> JSON {
    guard let index = index(of: name) else { throw .init(.badMember(name)) }
    isTaken[index] = true
    return members[index].value
  }

  mutating func string(_ name: String) throws(TraceErrorReason) -> String {
    guard let text = try json(name).string else { throw .init(.badMember(name)) }
    return text
  }

  mutating func boolean(_ name: String) throws(TraceErrorReason) -> Bool {
    guard let value = try json(name).boolean else { throw .init(.badMember(name)) }
    return value
  }

  mutating func strings(_ name: String) throws(TraceErrorReason) -> [String] {
    let elements = try json(name).elements?.map(\.string)
    guard let elements, elements.allSatisfy({ $0 != nil }) else { throw .init(.badMember(name)) }
    return elements.compactMap(\.self)
  }

  /// An integer of zero or more, in plain digits.
  mutating func count(_ name: String) throws(TraceErrorReason) -> Int {
    guard let value = try json(name).integer, value >= 0 else { throw .init(.badMember(name)) }
    return value
  }

  /// Seconds with at most six decimals, in the one form that a writer gives them.
  mutating func seconds(_ name: String) throws(TraceErrorReason) -> Duration {
    guard case .number(let number) = try json(name), let duration = Self.duration(number) else {
      throw .init(.badMember(name))
    }
    return duration
  }

  mutating func digest(_ name: String) throws(TraceErrorReason) -> Digest32 {
    let text = try string(name)
    guard let bytes = try? Hex.decode(digits: text), let digest = try? Digest32(bytes),
      Hex.digits(bytes) == text
    else { throw .init(.badMember(name)) }
    return digest
  }

  func has(_ name: String) -> Bool { index(of: name) != nil }

  /// Refuses a member that nobody took.
  func finish() throws(TraceErrorReason) {
    guard let index = isTaken.firstIndex(of: false) else { return }
    throw .init(.unknownMember(members[index].name))
  }

  private func index(of name: String) -> Int? {
    members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
  }

  private static func duration(_ number: JSONNumber) -> Duration? {
    let parts = number.description.split(separator: ".", omittingEmptySubsequences: false)
    guard let seconds = Int64(parts[0]), seconds >= 0, seconds < 1 << 40, parts.count <= 2 else {
      return nil
    }
    var micros: Int64 = 0
    if parts.count == 2 {
      guard parts[1].utf8.count <= 6,
        let fraction = Int64(parts[1] + String(repeating: "0", count: 6 - parts[1].utf8.count))
      else { return nil }
      micros = fraction
    }
    let duration = Duration.seconds(seconds) + .microseconds(micros)
    return JSONNumber(duration) == number ? duration : nil
  }
}
