internal import Records

/// A call as a quorum is asked for it: whether its answers can differ, and which of its words move with the chain.
///
/// What a pool holds, what gas costs and what an estimate says differ from node to node: one of them is asked.
struct QuorumQuestion {
  private enum Form {
    /// Answers may differ.
    case free
    /// Answers must agree as it stands.
    case fixed
    /// The number of the head itself.
    case head
    /// The parameter at this place is a tag, or left out for the latest block.
    case block(Int, BlockReference.Tag)
    /// A filter of logs with these tags.
    case logs(JSONObject, from: BlockReference.Tag?, to: BlockReference.Tag?)
  }

  /// The call.
  let request: RPCRequest
  private let form: Form

  init(_ request: RPCRequest) {
    self.request = request
    form = Self.form(of: request)
  }

  /// Whether any endpoint's answer will do.
  var isFree: Bool { if case .free = form { true } else { false } }

  /// The tags that must stand for one block at all endpoints.
  var tags: [BlockReference.Tag] {
    switch form {
    case .free, .fixed: []
    case .head: [.latest]
    case .block(_, let tag): [tag]
    case .logs(_, let from, let to): [from, to].compactMap(\.self)
    }
  }

  /// The call with numbers in place of its tags; nil where the number of the head is all that it asks.
  func request(_ heads: [BlockReference.Tag: UInt64]) -> RPCRequest? {
    func number(_ tag: BlockReference.Tag) -> JSON {
      heads[tag].map { BlockReference.number($0).parameter } ?? .string(tag.rawValue)
    }
    var pinned = request
    switch form {
    case .free, .fixed: break
    case .head: return nil
    case .block(let place, let tag):
      var params = request.params.elements ?? []
      if place < params.count { params[place] = number(tag) } else { params.append(number(tag)) }
      pinned.params = .array(params)
    case .logs(var filter, let from, let to):
      if let from { filter["fromBlock"] = number(from) }
      if let to { filter["toBlock"] = number(to) }
      pinned.params = [.object(filter)]
    }
    return pinned
  }

  // MARK: Which call is which

  private static let fixed: Set<String> = [
    "eth_chainId", "net_version", "eth_getBlockByHash", "eth_getBlockTransactionCountByHash",
    "eth_getTransactionByHash", "eth_getTransactionReceipt",
    "eth_getTransactionByBlockHashAndIndex",
  ]
  /// The place of the parameter that names a block.
  private static let places = [
    "eth_getBlockByNumber": 0, "eth_getBlockTransactionCountByNumber": 0,
    "eth_getTransactionByBlockNumberAndIndex": 0, "eth_getBlockReceipts": 0,
    "eth_getBalance": 1, "eth_getTransactionCount": 1, "eth_getCode": 1, "eth_call": 1,
    "eth_getStorageAt": 2,
  ]

  private static func form(of request: RPCRequest) -> Form {
    if fixed.contains(request.method) { return .fixed }
    if request.method == "eth_blockNumber" { return .head }
    guard let params = request.params.elements else { return .free }
    if request.method == "eth_getLogs" { return params.count == 1 ? logs(params[0]) : .free }
    guard let place = places[request.method] else { return .free }
    guard place < params.count else {
      return place == params.count ? .block(place, .latest) : .free
    }
    if params[place].object != nil { return .fixed }
    switch Word(params[place]) {
    case .number: return .fixed
    case .tag(let tag): return .block(place, tag)
    case .other: return .free
    }
  }

  private static func logs(_ filter: JSON) -> Form {
    guard let filter = filter.object else { return .free }
    if filter["blockHash"] != nil { return .fixed }
    switch (Word(filter["fromBlock"] ?? "latest"), Word(filter["toBlock"] ?? "latest")) {
    case (.other, _), (_, .other): return .free
    case (.number, .number): return .fixed
    case (.tag(let from), .tag(let to)): return .logs(filter, from: from, to: to)
    case (.tag(let from), .number): return .logs(filter, from: from, to: nil)
    case (.number, .tag(let to)): return .logs(filter, from: nil, to: to)
    }
  }

  /// What names a block: a number stands still, and so does block 0.
  private enum Word {
    case number
    case tag(BlockReference.Tag)
    case other

    init(_ value: JSON) {
      guard let text = value.string else {
        self = value == .null ? .tag(.latest) : .other
        return
      }
      switch BlockReference.Tag(rawValue: text) {
      case .earliest: self = .number
      case .pending: self = .other
      case .latest, .safe, .finalized: self = .tag(BlockReference.Tag(rawValue: text) ?? .latest)
      case nil: self = text.hasPrefix("0x") ? .number : .other
      }
    }
  }
}
