internal import Records

/// What is wrong with a node's descriptor, naming the member.
public struct DescriptorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `descriptor.price.gpu`, or `descriptor` itself.
  public var member: String
  /// The rest of the sentence.
  public var problem: String

  /// Names the member, and says the rest of the sentence.
  public init(_ member: String, _ problem: String) {
    self.member = member
    self.problem = problem
  }

  /// `descriptor.cpu.cores is 0, not 1 to 65536`.
  public var description: String { "\(member) \(problem)" }
}

/// Takes members out of an object with errors that name them; members that it is not asked for may be there.
struct DescriptorMembers {
  let object: JSONObject
  let path: String

  init(_ json: JSON?, at path: String) throws(DescriptorError) {
    guard let json else { throw DescriptorError(path, "is missing") }
    guard let object = json.object else {
      throw DescriptorError(path, "is \(json.kind), not an object")
    }
    self.init(object, at: path)
  }

  init(_ object: JSONObject, at path: String) {
    self.object = object
    self.path = path
  }

  func error(_ name: String, _ problem: String) -> DescriptorError {
    DescriptorError("\(path).\(name)", problem)
  }

  func object(_ name: String) throws(DescriptorError) -> DescriptorMembers {
    try DescriptorMembers(object[name], at: "\(path).\(name)")
  }

  func text(_ name: String) throws(DescriptorError) -> String {
    guard let value = object[name] else { throw error(name, "is missing") }
    guard let text = value.string else { throw error(name, "is \(value.kind), not a string") }
    return text
  }

  func optionalText(_ name: String) throws(DescriptorError) -> String? {
    object[name] == nil ? nil : try text(name)
  }

  func integer(_ name: String) throws(DescriptorError) -> Int {
    guard let value = object[name] else { throw error(name, "is missing") }
    guard let integer = value.integer else { throw error(name, "is no integer") }
    return integer
  }

  func objects(_ name: String) throws(DescriptorError) -> [DescriptorMembers] {
    guard let value = object[name] else { throw error(name, "is missing") }
    guard let elements = value.elements else { throw error(name, "is \(value.kind), not an array") }
    guard elements.count <= NodeDescriptor.listLimit else {
      throw error(name, "has more than \(NodeDescriptor.listLimit) elements")
    }
    var found: [DescriptorMembers] = []
    for (index, element) in elements.enumerated() {
      found.append(try DescriptorMembers(element, at: "\(path).\(name)[\(index)]"))
    }
    return found
  }
}
