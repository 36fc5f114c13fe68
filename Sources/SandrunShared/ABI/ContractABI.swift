public import Records

/// All that an ABI file tells of a contract.
public struct ContractABI: Hashable, Sendable {
  /// The functions in the file's order.
  public var functions: [ABIFunction]
  /// The events.
  public var events: [ABIEvent]
  /// The errors.
  public var errors: [ABICustomError]
  /// What the contract takes when it is made; nil where the file does not tell, which means nothing.
  public var constructor: ABIConstructor?
  /// Whether the contract takes calls that name no function.
  public var hasFallback: Bool
  /// Whether the contract takes plain ether.
  public var isPayable: Bool

  /// Makes an ABI from its parts.
  public init(
    functions: [ABIFunction] = [], events: [ABIEvent] = [], errors: [ABICustomError] = [],
    constructor: ABIConstructor? = nil, hasFallback: Bool = false, isPayable: Bool = false
  ) {
    self.functions = functions
    self.events = events
    self.errors = errors
    self.constructor = constructor
    self.hasFallback = hasFallback
    self.isPayable = isPayable
  }
}

extension ContractABI {
  /// The function that a name and arguments fit: a full signature, or a name that its arguments make clear.
  public func function(
    named name: String, arguments: JSON
  ) throws(ABIError) -> (function: ABIFunction, arguments: [ABIValue]) {
    try function(named: name, count: arguments.elements?.count ?? arguments.object?.members.count) {
      (parameters) throws(ABIError) in try ABIValue.list(arguments, as: parameters)
    }
  }

  /// The function that a name and arguments as people type them fit.
  public func function(
    named name: String, parsing arguments: [String]
  ) throws(ABIError) -> (function: ABIFunction, arguments: [ABIValue]) {
    try function(named: name, count: arguments.count) { (parameters) throws(ABIError) in
      try ABIValue.list(parsing: arguments, as: parameters)
    }
  }

  private func function(
    named name: String, count: Int?,
    reading: ([ABIParameter]) throws(ABIError) -> [ABIValue]
  ) throws(ABIError) -> (function: ABIFunction, arguments: [ABIValue]) {
    let named = try functions(named: name)
    guard named.count > 1 else { return (named[0], try reading(named[0].inputs)) }
    let counted = named.filter { $0.inputs.count == count }
    let fitting = counted.compactMap { function in
      (try? reading(function.inputs)).map { (function, $0) }
    }
    if fitting.count == 1 { return fitting[0] }
    if counted.count == 1 { return (counted[0], try reading(counted[0].inputs)) }
    let left = fitting.isEmpty ? named : fitting.map(\.0)
    throw ABIError(.ambiguous(name: name, signatures: left.map(\.signature)))
  }

  /// The functions of a name, or the one of a full signature; at least one.
  public func functions(named name: String) throws(ABIError) -> [ABIFunction] {
    try Self.found(name, in: functions)
  }

  /// The events of a name, or the one of a full signature; at least one.
  public func events(named name: String) throws(ABIError) -> [ABIEvent] {
    try Self.found(name, in: events)
  }

  /// The errors of a name, or the one of a full signature; at least one.
  public func errors(named name: String) throws(ABIError) -> [ABICustomError] {
    try Self.found(name, in: errors)
  }

  private static func found<Definition: NamedDefinition>(
    _ name: String, in definitions: [Definition]
  ) throws(ABIError) -> [Definition] {
    let found: [Definition]
    if name.utf8.contains(UInt8(ascii: "(")) {
      let signature = try Definition(parsing: name).signature
      found = definitions.filter { $0.signature == signature }
    } else {
      found = definitions.filter { $0.name == name }
    }
    guard !found.isEmpty else {
      throw ABIError(.notFound(kind: Definition.kind, name: name.shortened))
    }
    return found
  }
}

/// What a contract has under a name, and may have several times with other parameters.
protocol NamedDefinition {
  /// What it is called in messages.
  static var kind: String { get }
  var name: String { get }
  var signature: String { get }
  init(parsing text: String) throws(ABIError)
}

extension ABIFunction: NamedDefinition { static let kind = "function" }
extension ABIEvent: NamedDefinition { static let kind = "event" }
extension ABICustomError: NamedDefinition { static let kind = "error" }
