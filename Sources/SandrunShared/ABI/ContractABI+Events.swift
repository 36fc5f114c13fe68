public import Hashing

extension ContractABI {
  /// The event that a log is of, and its arguments.
  ///
  /// By its first topic, and by the number of topics where two events differ in what is indexed (a token's `Transfer`); else the
  /// one anonymous event that fits.
  public func decode(
    topics: [Digest32], data: [UInt8]
  ) throws(ABIError) -> (event: ABIEvent, arguments: [ABIEvent.Argument]) {
    let named = events.filter { !$0.isAnonymous && $0.topic0 == topics.first }
    if named.count == 1 { return (named[0], try named[0].decode(topics: topics, data: data)) }
    let candidates = named.isEmpty ? events.filter(\.isAnonymous) : named
    let fitting = candidates.compactMap { event in
      (try? event.decode(topics: topics, data: data)).map { (event, $0) }
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
          signatures: fitting.map(\.0.signature)))
    }
    return first
  }
}
