internal import Ethereum
internal import Hashing
internal import Records
internal import WideInteger

/// What is wrong with an `escrow`, naming the member.
public struct EscrowError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `escrow.claims[2].node`.
  public var member: String
  /// The rest of the sentence.
  public var problem: String

  /// Makes an error of both.
  public init(_ member: String, _ problem: String) {
    self.member = member
    self.problem = problem
  }

  /// `escrow.claims[2].node is no address`.
  public var description: String { "\(member) \(problem)" }
}

/// Takes the members out of an object that a stranger may have written.
struct MemberReader {
  private let object: JSONObject
  private let name: String

  init(_ object: JSONObject, _ name: String) {
    self.object = object
    self.name = name
  }

  func has(_ member: String) -> Bool { object[member] != nil && object[member] != .null }

  /// What a member holds; nil where it is not there.
  func optional<Value>(
    _ member: String, _ read: (String) throws(EscrowError) -> Value
  ) throws(EscrowError) -> Value? {
    has(member) ? try read(member) : nil
  }

  func refusal(_ member: String, _ problem: String) -> EscrowError {
    EscrowError("\(name).\(member)", object[member] == nil ? "is missing" : problem)
  }

  func text(_ member: String) throws(EscrowError) -> String {
    guard let text = object[member]?.string else { throw refusal(member, "is no string") }
    return text
  }

  func digest(_ member: String) throws(EscrowError) -> Digest32 {
    guard let digest = object[member]?.string.flatMap({ try? Digest32(hex: $0) }) else {
      throw refusal(member, "is no 32 bytes in hexadecimal digits")
    }
    return digest
  }

  func address(_ member: String) throws(EscrowError) -> Address {
    guard let address = object[member]?.string.flatMap({ Address($0) }) else {
      throw refusal(member, "is no address")
    }
    return address
  }

  func number(_ member: String) throws(EscrowError) -> UInt64 {
    guard let number = object[member]?.integer, number >= 0 else {
      throw refusal(member, "is no whole number below 2^63")
    }
    return UInt64(number)
  }

  func count(_ member: String) throws(EscrowError) -> Int {
    guard let number = object[member]?.integer, (0...1000).contains(number) else {
      throw refusal(member, "is no whole number up to 1000")
    }
    return number
  }

  func round() throws(EscrowError) -> Int {
    guard let number = object["round"]?.integer, (0...1).contains(number) else {
      throw refusal("round", "is neither 0 nor 1")
    }
    return number
  }

  func flag(_ member: String) throws(EscrowError) -> Bool {
    guard let flag = object[member]?.boolean else { throw refusal(member, "is no boolean") }
    return flag
  }

  func amount(_ member: String) throws(EscrowError) -> UInt256 {
    guard let text = object[member]?.string, let amount = try? UInt256(decimal: text) else {
      throw refusal(member, "is no decimal integer below 2^256, as a string")
    }
    return amount
  }

  func time(_ member: String) throws(EscrowError) -> UInt64 {
    guard let text = object[member]?.string, let time = try? Timestamp(text), time.seconds >= 0
    else { throw refusal(member, "is no RFC 3339 time in UTC") }
    return UInt64(time.seconds)
  }

  func object(_ member: String) throws(EscrowError) -> MemberReader {
    guard let inner = object[member]?.object else { throw refusal(member, "is no object") }
    return MemberReader(inner, "\(name).\(member)")
  }

  /// The elements of an array of objects; none where it is not there.
  func elements(_ member: String) throws(EscrowError) -> [MemberReader] {
    guard has(member) else { return [] }
    guard let elements = object[member]?.elements else { throw refusal(member, "is no array") }
    var readers: [MemberReader] = []
    for (index, element) in elements.enumerated() {
      guard let inner = element.object else {
        throw EscrowError("\(name).\(member)[\(index)]", "is no object")
      }
      readers.append(MemberReader(inner, "\(name).\(member)[\(index)]"))
    }
    return readers
  }
}
