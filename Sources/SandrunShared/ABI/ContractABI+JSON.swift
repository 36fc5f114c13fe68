public import Records

extension ContractABI {
  /// Reads an ABI file: a JSON array of definitions, or an object with such an array as `abi` (a compiler's artifact).
  ///
  /// A definition is an object, or a string with human-readable text.
  public init(parsing bytes: [UInt8]) throws(ABIError) {
    let document: JSON
    do {
      document = try JSON(parsing: bytes)
    } catch {
      throw ABIError(.malformed("malformed JSON: \(error)"))
    }
    try self.init(json: document)
  }

  /// Reads an ABI from its JSON.
  public init(json: JSON) throws(ABIError) {
    let entries = json.object.map { $0["abi"]?.elements } ?? json.elements
    guard let entries else {
      throw ABIError(.malformed("no ABI: neither an array nor an object with the array \"abi\""))
    }
    self.init()
    for (index, entry) in entries.enumerated() {
      do {
        try add(entry)
      } catch {
        throw error.inside("[\(index)]")
      }
    }
    // Merged files repeat what they have in common.
    functions = Self.distinct(functions, by: \.signature)
    events = Self.distinct(events, by: \.self)
    errors = Self.distinct(errors, by: \.signature)
  }

  private static func distinct<Definition, Key: Hashable>(
    _ definitions: [Definition], by key: (Definition) -> Key
  ) -> [Definition] {
    var seen: Set<Key> = []
    return definitions.filter { seen.insert(key($0)).inserted }
  }

  private mutating func add(_ entry: JSON) throws(ABIError) {
    if let text = entry.string {
      try add(try ABIDefinition(parsing: text))
      return
    }
    guard let entry = entry.object else {
      throw ABIError(.malformed("\(entry.kind) is no definition"))
    }
    let mutability = try Self.mutability(entry)
    switch entry["type"]?.string ?? (entry["type"] == nil ? "function" : "") {
    case "function":
      let function = ABIFunction(
        name: try Self.name(entry), inputs: try ABIParameter.list(entry, "inputs"),
        outputs: try ABIParameter.list(entry, "outputs"), mutability: mutability)
      try add(.function(function))
    case "event":
      let event = try ABIEvent(
        name: try Self.name(entry), inputs: try ABIParameter.list(entry, "inputs"),
        isAnonymous: try Self.flag(entry, "anonymous") ?? false)
      try add(.event(event))
    case "error":
      let error = ABICustomError(
        name: try Self.name(entry), inputs: try ABIParameter.list(entry, "inputs"))
      try add(.error(error))
    case "constructor":
      let inputs = try ABIParameter.list(entry, "inputs")
      try add(.constructor(ABIConstructor(inputs: inputs, isPayable: mutability == .payable)))
    case "fallback":
      hasFallback = true
      if mutability == .payable { isPayable = true }
    case "receive":
      isPayable = true
    default:
      throw ABIError(
        .malformed("\((entry["type"] ?? .null).text.shortened) is no kind of definition"))
    }
  }

  private mutating func add(_ definition: ABIDefinition) throws(ABIError) {
    switch definition {
    case .function(let function): functions.append(function)
    case .event(let event): events.append(event)
    case .error(let error): errors.append(error)
    case .constructor(let definition):
      guard constructor == nil else { throw ABIError(.malformed("a second constructor")) }
      constructor = definition
    }
  }

  private static func name(_ entry: JSONObject) throws(ABIError) -> String {
    var parser = try ABITextParser(entry["name"]?.string ?? "")
    guard let name = try? parser.identifier("a name"), parser.isAtEnd else {
      throw ABIError(.malformed("no name: \((entry["name"] ?? .null).text.shortened)"))
    }
    return name
  }

  private static func mutability(
    _ entry: JSONObject
  ) throws(ABIError) -> ABIFunction.Mutability {
    guard let named = entry["stateMutability"] else {
      // Compilers before 2018 wrote two flags.
      if try flag(entry, "constant") == true { return .view }
      return try flag(entry, "payable") == true ? .payable : .nonpayable
    }
    guard let text = named.string, let mutability = ABIFunction.Mutability(rawValue: text) else {
      throw ABIError(.malformed("no mutability: \(named.text.shortened)"))
    }
    return mutability
  }

  fileprivate static func flag(_ entry: JSONObject, _ name: String) throws(ABIError) -> Bool? {
    guard let value = entry[name] else { return nil }
    guard let flag = value.boolean else {
      throw ABIError(.malformed("\"\(name)\" is \(value.kind), not a boolean"))
    }
    return flag
  }
}

extension ABIParameter {
  /// Reads a member that is an array of parameters; none where it is missing.
  static func list(
    _ entry: JSONObject, _ member: String, depth: Int = 0
  ) throws(ABIError) -> [ABIParameter] {
    guard let value = entry[member] else { return [] }
    guard let elements = value.elements else {
      throw ABIError(.malformed("\"\(member)\" is \(value.kind), not an array"))
    }
    guard depth < ABITextParser.depthLimit else {
      throw ABIError(.tooLarge("types are nested deeper than \(ABITextParser.depthLimit)"))
    }
    var parameters: [ABIParameter] = []
    for (index, element) in elements.enumerated() {
      do {
        parameters.append(try ABIParameter(element, depth: depth))
      } catch {
        throw error.inside(".\(member)[\(index)]")
      }
    }
    return parameters
  }

  private init(_ json: JSON, depth: Int) throws(ABIError) {
    guard let object = json.object, let text = object["type"]?.string else {
      throw ABIError(.malformed("a parameter without a type"))
    }
    let name = object["name"] ?? ""
    guard let name = name.string ?? (name == .null ? "" : nil) else {
      throw ABIError(.malformed("a parameter's name is \(name.kind), not a string"))
    }
    let components =
      text == "tuple" || text.hasPrefix("tuple[")
      ? try Self.list(object, "components", depth: depth + 1) : nil
    if components != nil, object["components"] == nil {
      throw ABIError(.malformed("a tuple without components"))
    }
    var parser = try ABITextParser(text)
    let type = try parser.type(depth: depth, tuple: components)
    guard parser.isAtEnd else { throw ABIError(.unknownType(text.shortened)) }
    let isIndexed = try ContractABI.flag(object, "indexed") ?? false
    self.init(name, type, isIndexed: isIndexed)
  }
}
