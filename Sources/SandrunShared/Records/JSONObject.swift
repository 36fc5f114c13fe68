/// The members of a JSON object in their order; names are compared by their UTF-8 bytes.
public struct JSONObject: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  /// A name and its value.
  public struct Member: Equatable, Sendable {
    /// The name, escapes resolved.
    public var name: String
    /// The value.
    public var value: JSON

    /// Makes a member.
    public init(name: String, value: JSON) {
      self.name = name
      self.value = value
    }

    /// Whether name and value are the same to the byte.
    public static func == (left: Member, right: Member) -> Bool {
      left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
    }
  }

  /// The members in the order they came in.
  public private(set) var members: [Member]

  /// An object from members whose names differ.
  public init(_ members: [Member] = []) { self.members = members }

  /// An object, its members in the order written.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self.init(elements.map { Member(name: $0.0, value: $0.1) })
  }

  /// The value of a member: replaced where it stands, added at the end, or removed by nil.
  public subscript(name: String) -> JSON? {
    get { index(of: name).map { members[$0].value } }
    set {
      switch (index(of: name), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  private func index(of name: String) -> Int? {
    // Names that are the same by their bytes are the same to Swift, which is quicker to say no.
    members.firstIndex { $0.name == name && $0.name.utf8.elementsEqual(name.utf8) }
  }
}
