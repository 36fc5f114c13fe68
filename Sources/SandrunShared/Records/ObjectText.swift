/// A JSON object by its own bytes: editing one member leaves every other byte as it came.
///
/// It is checked in full when it is read (RFC 8259, 512 levels, no name twice at its own level), yet nothing of it is
/// built until asked for.
public struct ObjectText: Sendable {
  /// The text: no newline in it where it came as a line.
  public private(set) var bytes: [UInt8]

  struct Member {
    /// The inside of the name, without quotes.
    var name: Range<Int32>
    var value: Range<Int32>
    var isEscaped: Bool
  }

  private(set) var index: [Member]

  /// The longest text taken: offsets are kept in 32 bits.
  public static let lengthLimit = 1 << 30

  /// Checks a text and finds its members.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    self.index = try Self.members(of: bytes.span)
    self.bytes = bytes
  }

  /// An object from values, written compactly.
  public init(_ object: JSONObject) {
    self.bytes = []
    self.index = []
    bytes = [UInt8(ascii: "{"), UInt8(ascii: "}")]
    for member in object.members { append(member.name, member.value.bytes) }
  }

  private static func members(of source: Span<UInt8>) throws(JSONError) -> [Member] {
    var scanner = JSONScanner()
    var members: [Member] = []
    guard source.count <= lengthLimit else {
      throw JSONError(.tooLong(limit: lengthLimit), at: 0, in: source)
    }
    guard try scanner.next(source) == UInt8(ascii: "{") else {
      throw JSONError(.notAnObject, at: scanner.at, in: source)
    }
    scanner.at += 1
    if try scanner.next(source) == UInt8(ascii: "}") {
      scanner.at += 1
      try scanner.finish(source)
      return members
    }
    members.reserveCapacity(16)
    var hasEscapes = false
    repeat {
      let (name, isEscaped) = try scanner.name(source)
      _ = try scanner.next(source)
      let start = scanner.at
      try scanner.skipValue(source, depth: 1)
      hasEscapes = hasEscapes || isEscaped
      members.append(
        Member(
          name: Int32(name.lowerBound)..<Int32(name.upperBound),
          value: Int32(start)..<Int32(scanner.at), isEscaped: isEscaped))
    } while try scanner.another(source, before: UInt8(ascii: "}"))
    try scanner.finish(source)
    try refuseDuplicates(members, hasEscapes: hasEscapes, in: source)
    return members
  }

  private static func refuseDuplicates(
    _ members: [Member], hasEscapes: Bool, in source: Span<UInt8>
  ) throws(JSONError) {
    if members.count <= 16, !hasEscapes {
      for later in 1..<max(1, members.count) {
        for earlier in 0..<later
        where same(members[earlier].name, members[later].name, in: source) {
          throw duplicate(members[later], in: source)
        }
      }
      return
    }
    var seen: Set<[UInt8]> = []
    for member in members where !seen.insert(name(of: member, in: source)).inserted {
      throw duplicate(member, in: source)
    }
  }

  @inline(__always)
  private static func same(
    _ left: Range<Int32>, _ right: Range<Int32>, in source: Span<UInt8>
  ) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where source[Int(left.lowerBound) + offset] != source[Int(right.lowerBound) + offset] {
      return false
    }
    return true
  }

  private static func duplicate(_ member: Member, in source: Span<UInt8>) -> JSONError {
    let name = String(decoding: name(of: member, in: source), as: UTF8.self)
    return JSONError(.duplicateName(name), at: Int(member.name.lowerBound) - 1, in: source)
  }

  /// The name of a member as bytes, escapes resolved.
  static func name(of member: Member, in source: Span<UInt8>) -> [UInt8] {
    let range = Int(member.name.lowerBound)..<Int(member.name.upperBound)
    return JSONScanner.unescaped(source, range).bytes
  }

  // MARK: Reading

  /// Whether there is a member of this name.
  public func has(_ name: String) -> Bool { position(of: name) != nil }

  /// The names in their order; one that is no Unicode text is shown with replacement characters.
  public var names: [String] {
    index.map { String(decoding: Self.name(of: $0, in: bytes.span), as: UTF8.self) }
  }

  /// A member's value by its own bytes; nil where there is none.
  public func text(of name: String) -> ArraySlice<UInt8>? {
    position(of: name).map {
      bytes[Int(index[$0].value.lowerBound)..<Int(index[$0].value.upperBound)]
    }
  }

  /// A member's value; nil where there is none.
  ///
  /// Throws where it has a name twice somewhere inside.
  public func value(of name: String) throws(JSONError) -> JSON? {
    guard let place = position(of: name) else { return nil }
    var scanner = JSONScanner()
    scanner.at = Int(index[place].value.lowerBound)
    // Read in place, so that an error's offset is the line's own.
    return try scanner.value(bytes.span, depth: 1)
  }

  private func position(of name: String) -> Int? {
    let wanted = name.utf8.span
    let source = bytes.span
    for place in index.indices {
      let member = index[place]
      if member.isEscaped {
        if Self.name(of: member, in: source).elementsEqual(name.utf8) { return place }
      } else if member.name.count == wanted.count, Self.spells(wanted, member.name, in: source) {
        return place
      }
    }
    return nil
  }

  @inline(__always)
  private static func spells(
    _ wanted: Span<UInt8>, _ range: Range<Int32>, in source: Span<UInt8>
  ) -> Bool {
    for offset in 0..<wanted.count where wanted[offset] != source[Int(range.lowerBound) + offset] {
      return false
    }
    return true
  }

  // MARK: Editing

  /// Replaces a member's value where it stands, or adds the member at the end.
  public mutating func set(_ name: String, to value: [UInt8]) {
    guard let place = position(of: name) else { return append(name, value) }
    let old = index[place].value
    bytes.replaceSubrange(Int(old.lowerBound)..<Int(old.upperBound), with: value)
    let shift = Int32(value.count) - Int32(old.count)
    index[place].value = old.lowerBound..<old.upperBound + shift
    move(from: place + 1, by: shift)
  }

  /// Takes a member out, with its comma; true where there was one.
  @discardableResult
  public mutating func remove(_ name: String) -> Bool {
    guard let place = position(of: name) else { return false }
    let start: Int32
    let end: Int32
    if place + 1 < index.count {
      (start, end) = (index[place].name.lowerBound - 1, index[place + 1].name.lowerBound - 1)
    } else if place > 0 {
      (start, end) = (index[place - 1].value.upperBound, index[place].value.upperBound)
    } else {
      (start, end) = (index[place].name.lowerBound - 1, index[place].value.upperBound)
    }
    bytes.removeSubrange(Int(start)..<Int(end))
    index.remove(at: place)
    move(from: place, by: start - end)
    return true
  }

  private mutating func append(_ name: String, _ value: [UInt8]) {
    // White space may stand before the closing brace and after it: the member goes right behind the last one.
    let place: Int
    if let last = index.last {
      place = Int(last.value.upperBound)
    } else {
      place = (bytes.firstIndex(of: UInt8(ascii: "{")) ?? 0) + 1
    }
    var addition: [UInt8] = index.isEmpty ? [] : [UInt8(ascii: ",")]
    addition.reserveCapacity(name.utf8.count + value.count + 4)
    let nameStart = place + addition.count + 1
    JSON.write(name, to: &addition)
    let nameEnd = place + addition.count - 1
    addition.append(UInt8(ascii: ":"))
    let valueStart = place + addition.count
    addition += value
    bytes.insert(contentsOf: addition, at: place)
    index.append(
      Member(
        name: Int32(nameStart)..<Int32(nameEnd),
        value: Int32(valueStart)..<Int32(valueStart + value.count),
        isEscaped: nameEnd - nameStart != name.utf8.count))
  }

  private mutating func move(from place: Int, by shift: Int32) {
    for index in place..<max(place, index.count) {
      let member = self.index[index]
      self.index[index].name = member.name.lowerBound + shift..<member.name.upperBound + shift
      self.index[index].value = member.value.lowerBound + shift..<member.value.upperBound + shift
    }
  }
}
