internal import Hashing
internal import Records

/// The structures that typed data declares, each with its members in order.
struct TypedStructures {
  struct Member {
    var name: String
    var type: TypedType
  }

  /// The most structures, and the most bytes of their texts together: a type's hash covers all that it refers to.
  static let countLimit = 256
  private static let lengthLimit = 1 << 18

  private var structures: [String: [Member]] = [:]
  private var length = 0

  init(_ types: JSONObject) throws(TypedDataError) {
    guard types.members.count <= Self.countLimit else { throw .tooManyTypes }
    for structure in types.members {
      guard let list = structure.value.elements else {
        throw .wrongKind("types.\(structure.name)", structure.value.kind)
      }
      var members: [Member] = []
      for entry in list { members.append(try Self.member(entry, of: structure.name)) }
      try declare(structure.name, members)
    }
  }

  private static func member(_ json: JSON, of structure: String) throws(TypedDataError) -> Member {
    guard let object = json.object else { throw .wrongKind("a member of \(structure)", json.kind) }
    if let odd = object.members.first(where: { $0.name != "name" && $0.name != "type" }) {
      throw .unknownMember("types.\(structure): \(odd.name)")
    }
    guard let name = object["name"]?.string, TypedType.isName(name) else {
      throw .badName(object["name"]?.string ?? "")
    }
    guard let text = object["type"]?.string else { throw .missing("type of \(structure).\(name)") }
    guard let type = TypedType(parsing: text) else { throw .unknownType(text) }
    return Member(name: name, type: type)
  }

  mutating func declare(_ name: String, _ members: [Member]) throws(TypedDataError) {
    // A structure may not be called what is a type already.
    guard case .structure = TypedType(parsing: name) else { throw .badName(name) }
    var seen: Set<String> = []
    for member in members {
      guard seen.insert(member.name).inserted else { throw .badName("\(name).\(member.name)") }
      length += member.name.utf8.count + member.type.description.utf8.count + 2
    }
    length += name.utf8.count + 2
    guard length <= Self.lengthLimit else { throw .tooManyTypes }
    structures[name] = members
  }

  /// Sees that every structure that is referred to is declared.
  func resolve() throws(TypedDataError) {
    for members in structures.values {
      for case let name? in members.map(\.type.structureName) where structures[name] == nil {
        throw .unknownType(name)
      }
    }
  }

  func members(of name: String) -> [Member]? { structures[name] }

  /// The hash of a structure's type: of its own text and those of all that it refers to, in the order of their names.
  func typeHash(of name: String) -> Digest32 {
    var found: Set<String> = [name]
    var waiting = [name]
    while let next = waiting.popLast() {
      for case let other? in (structures[next] ?? []).map(\.type.structureName)
      where found.insert(other).inserted {
        waiting.append(other)
      }
    }
    found.remove(name)
    let others = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Keccak256.hash(Array(([name] + others).map(text).joined().utf8))
  }

  private func text(of name: String) -> String {
    let members = (structures[name] ?? []).map { "\($0.type) \($0.name)" }
    return "\(name)(\(members.joined(separator: ",")))"
  }
}
