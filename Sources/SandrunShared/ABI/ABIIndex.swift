public import Hashing

/// An ABI's definitions by their selectors and topics: for streams, where each would be hashed again and again.
public struct ABIIndex: Sendable {
  private let functions: [[UInt8]: [ABIFunction]]
  private let errors: [[UInt8]: [ABICustomError]]
  private let events: [Digest32: [ABIEventDecoder]]
  private let anonymousEvents: [ABIEventDecoder]

  /// Hashes all signatures of an ABI.
  public init(_ abi: ContractABI) {
    functions = Dictionary(grouping: abi.functions, by: \.selector)
    errors = Dictionary(grouping: abi.errors, by: \.selector)
    events = Dictionary(grouping: abi.events.filter { !$0.isAnonymous }, by: \.topic0)
      .mapValues { $0.map(ABIEventDecoder.init) }
    anonymousEvents = abi.events.filter(\.isAnonymous).map(ABIEventDecoder.init)
  }

  /// The function whose selector a call's data start with.
  public func function(calledBy data: [UInt8]) throws(ABIError) -> ABIFunction {
    try Self.one(functions[Array(data.prefix(4))] ?? [], "function", data, \.signature)
  }

  /// The error whose selector a revert's data start with.
  public func error(thrownAs data: [UInt8]) throws(ABIError) -> ABICustomError {
    try Self.one(errors[Array(data.prefix(4))] ?? [], "error", data, \.signature)
  }

  private static func one<Definition>(
    _ found: [Definition], _ kind: String, _ data: [UInt8], _ signature: (Definition) -> String
  ) throws(ABIError) -> Definition {
    let selector = Hex.encode(Array(data.prefix(4)))
    guard let first = found.first else {
      throw ABIError(.unknownSelector("the ABI has no \(kind) of the selector \(selector)"))
    }
    guard found.count == 1 else {
      throw ABIError(.ambiguous(name: selector, signatures: found.map(signature)))
    }
    return first
  }

  /// The event that a log is of, and its arguments.
  ///
  /// By its first topic, and where two events differ only in what is indexed (tokens' `Transfer`) by what fits; else the one
  /// anonymous event that fits.
  public func decode(topics: [Digest32], data: [UInt8]) throws(ABIError) -> DecodedLog {
    let named = topics.first.flatMap { events[$0] } ?? []
    if named.count == 1 { return try named[0].decode(topics: topics, data: data) }
    let fitting = (named.isEmpty ? anonymousEvents : named).compactMap { event in
      try? event.decode(topics: topics, data: data)
    }
    guard let first = fitting.first else {
      throw ABIError(
        .unknownSelector(
          topics.first.map { "the ABI has no event of the topic \($0) that the log fits" }
            ?? "the ABI has no event that a log without topics fits"))
    }
    guard fitting.count == 1 else {
      throw ABIError(
        .ambiguous(
          name: topics.first?.description ?? "a log without topics",
          signatures: fitting.map(\.event.signature)))
    }
    return first
  }
}
