/// One definition in an ABI: a JSON entry, or a line of human-readable text.
public enum ABIDefinition: Hashable, Sendable {
  /// A function.
  case function(ABIFunction)
  /// An event.
  case event(ABIEvent)
  /// An error.
  case error(ABICustomError)
  /// A constructor.
  case constructor(ABIConstructor)

  /// Reads a definition as Solidity writes it: `function f(uint a) view returns (bool)`, `event E(address indexed a)`.
  ///
  /// The first word may be `function`, `event`, `error` or `constructor`; without one it is a function.
  public init(parsing text: String) throws(ABIError) {
    var parser = try ABITextParser(text)
    if parser.takeKeyword("event") {
      self = .event(try parser.event())
    } else if parser.takeKeyword("error") {
      self = .error(try parser.customError())
    } else if parser.take(word: "constructor") {
      self = .constructor(try parser.constructor())
    } else {
      _ = parser.takeKeyword("function")
      self = .function(try parser.function())
    }
    try parser.finish()
  }

  /// The name and its article, for messages.
  public var kind: String {
    switch self {
    case .function: "a function"
    case .event: "an event"
    case .error: "an error"
    case .constructor: "a constructor"
    }
  }
}

extension ABIFunction {
  /// Reads `transfer(address to, uint amount) returns (bool)`; the word `function` in front may be left out.
  ///
  /// The results may also follow as a second list, without `returns`.
  public init(parsing text: String) throws(ABIError) {
    guard case .function(let function) = try ABIDefinition(parsing: text) else {
      throw ABIError(.syntax(expected: "a function", offset: 0))
    }
    self = function
  }
}

extension ABIEvent {
  /// Reads `Transfer(address indexed from, uint value) anonymous`; the word `event` in front may be left out.
  public init(parsing text: String) throws(ABIError) {
    var parser = try ABITextParser(text)
    _ = parser.takeKeyword("event")
    self = try parser.event()
    try parser.finish()
  }
}

extension ABICustomError {
  /// Reads `InsufficientBalance(uint available)`; the word `error` in front may be left out.
  public init(parsing text: String) throws(ABIError) {
    var parser = try ABITextParser(text)
    _ = parser.takeKeyword("error")
    self = try parser.customError()
    try parser.finish()
  }
}

extension ABIConstructor {
  /// Reads `constructor(address owner) payable`, or the list of parameters alone.
  public init(parsing text: String) throws(ABIError) {
    var parser = try ABITextParser(text)
    _ = parser.take(word: "constructor")
    self = try parser.constructor()
    try parser.finish()
  }
}

extension ABITextParser {
  /// Consumes a word that a name follows, and the white space between.
  fileprivate mutating func takeKeyword(_ keyword: String) -> Bool {
    var ahead = self
    guard ahead.take(word: keyword), let next = ahead.next, next != UInt8(ascii: "(") else {
      return false
    }
    self = ahead
    return true
  }

  private mutating func head(mayBeIndexed: Bool = false) throws(ABIError) -> (
    name: String, inputs: [ABIParameter]
  ) {
    skipSpace()
    let name = try identifier("a name")
    skipSpace()
    return (name, try parameters(mayBeIndexed: mayBeIndexed))
  }

  fileprivate mutating func function() throws(ABIError) -> ABIFunction {
    let (name, inputs) = try head()
    var function = ABIFunction(name: name, inputs: inputs)
    var mutability: ABIFunction.Mutability?
    var isVisible = false
    skipSpace()
    if next == UInt8(ascii: "(") {
      function.outputs = try parameters()
      return function
    }
    while let word = word() {
      switch word {
      case "returns":
        skipSpace()
        function.outputs = try parameters()
        function.mutability = mutability ?? .nonpayable
        return function
      case "external" where !isVisible, "public" where !isVisible: isVisible = true
      case "virtual", "override": break
      default:
        guard mutability == nil, let named = ABIFunction.Mutability(rawValue: word) else {
          throw expected("returns, or a modifier such as view, in front of this")
        }
        mutability = named
      }
      skipSpace()
    }
    function.mutability = mutability ?? .nonpayable
    return function
  }

  fileprivate mutating func event() throws(ABIError) -> ABIEvent {
    let (name, inputs) = try head(mayBeIndexed: true)
    let isAnonymous = take(word: "anonymous")
    return try ABIEvent(name: name, inputs: inputs, isAnonymous: isAnonymous)
  }

  fileprivate mutating func customError() throws(ABIError) -> ABICustomError {
    let (name, inputs) = try head()
    return ABICustomError(name: name, inputs: inputs)
  }

  fileprivate mutating func constructor() throws(ABIError) -> ABIConstructor {
    skipSpace()
    let inputs = try parameters()
    if take(word: "public") || take(word: "nonpayable") { return ABIConstructor(inputs: inputs) }
    return ABIConstructor(inputs: inputs, isPayable: take(word: "payable"))
  }
}
