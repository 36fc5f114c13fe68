public import Records

/// One call of Ethereum's JSON-RPC: a method and its parameters.
public struct RPCRequest: Sendable {
  /// The method's name: `eth_getBalance`.
  public var method: String
  /// The parameters: an array by position, or an object by name.
  public var params: JSON
  /// Whether it may be sent again though a first one may have arrived.
  public var isRepeatable: Bool

  /// A call with its parameters in their order.
  ///
  /// It is repeated where an answer is lost if its method only reads; `isRepeatable` says otherwise. The same signed
  /// bytes of `eth_sendRawTransaction` have one hash, so that its caller may repeat it and take "already known" for success.
  public init(_ method: String, _ params: [JSON] = [], isRepeatable: Bool? = nil) {
    self.init(method, params: .array(params), isRepeatable: isRepeatable)
  }

  /// A call whose parameters are any JSON array or object.
  public init(_ method: String, params: JSON, isRepeatable: Bool? = nil) {
    self.method = method
    self.params = params
    self.isRepeatable = isRepeatable ?? Self.reads(method)
  }

  /// Whether a method changes nothing at the node, so that asking twice is asking once.
  ///
  /// What is not known to read is taken to write: a node may have methods of its own.
  public static func reads(_ method: String) -> Bool {
    guard method != "eth_getFilterChanges" else { return false }
    return readingMethods.contains(method)
      || readingPrefixes.contains { method.hasPrefix($0) }
  }

  private static let readingPrefixes = [
    "eth_get", "net_", "web3_", "txpool_", "debug_trace", "debug_get", "trace_",
  ]
  private static let readingMethods: Set<String> = [
    "eth_accounts", "eth_baseFee", "eth_blobBaseFee", "eth_blockNumber", "eth_call", "eth_chainId",
    "eth_coinbase", "eth_config", "eth_createAccessList", "eth_estimateGas", "eth_feeHistory",
    "eth_gasPrice", "eth_maxPriorityFeePerGas", "eth_protocolVersion", "eth_simulateV1",
    "eth_syncing", "rpc_modules",
  ]

  /// Asks for the chain's id (EIP-695).
  public static let chainId = RPCRequest("eth_chainId")

  /// Asks for a block by its number or tag, with the hashes of its transactions.
  public static func block(_ tag: String) -> RPCRequest {
    RPCRequest("eth_getBlockByNumber", [.string(tag), false])
  }

  /// The request as it is sent.
  package func json(id: Int) -> JSON {
    [
      "jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": params,
    ]
  }
}

/// A node's own refusal of one call: the `error` of its answer.
public struct RPCFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The method that was called.
  public var method: String
  /// The number that the node gives; most nodes give -32000 for nearly everything.
  public var code: Int
  /// The node's own words.
  public var message: String
  /// What the node adds, such as the data of a revert.
  public var data: JSON?

  /// Makes a refusal from its parts.
  public init(method: String, code: Int, message: String, data: JSON? = nil) {
    self.method = method
    self.code = code
    self.message = message
    self.data = data
  }

  /// `eth_call: execution reverted (3)`.
  public var description: String { "\(method): \(shownMessage) (\(code))" }

  /// The node's words, bounded.
  package var shownMessage: String {
    let words = message.unicodeScalars
    guard words.count > 400 else { return message }
    return String(String.UnicodeScalarView(words.prefix(400))) + "…"
  }

  /// Whether the node does not have the method.
  public var isMissingMethod: Bool {
    if code == -32601 || code == -32004 { return true }
    let words = message.lowercased()
    return words.contains("method")
      && ["not found", "not supported", "does not exist", "not available", "unsupported"]
        .contains { words.contains($0) }
  }

  /// Whether it is the contract that refuses: a revert.
  public var isRevert: Bool {
    code == 3 || message.hasPrefix("execution reverted") || message.hasPrefix("VM Exception")
  }

  /// What the contract gave with its revert, where the node tells: bytes for the ABI's reading of errors.
  public var revertData: String? {
    guard isRevert else { return nil }
    // Some nodes wrap it: {"data": "0x…"}; others write words before it.
    let text = data?.string ?? data?["data"]?.string ?? data?["result"]?.string
    return text.flatMap { text in
      text.hasPrefix("Reverted 0x") ? String(text.dropFirst(9)) : text
    }
  }
}
