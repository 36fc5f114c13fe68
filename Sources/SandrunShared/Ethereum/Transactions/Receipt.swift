public import Hashing

/// What a transaction did, as the chain's receipts tree holds it.
public struct Receipt: Hashable, Sendable {
  /// What a contract told.
  public struct Log: Hashable, Sendable {
    /// The contract.
    public var address: Address
    /// The words by which it is found: at most four.
    public var topics: [Digest32]
    /// The rest of what it told.
    public var data: [UInt8]

    /// Makes a log.
    public init(address: Address, topics: [Digest32], data: [UInt8]) {
      self.address = address
      self.topics = topics
      self.data = data
    }
  }

  /// The transaction's form.
  public var type: Transaction.Kind
  /// Whether it ran to its end (EIP-658).
  public var hasSucceeded: Bool
  /// The gas used in the block up to its end.
  public var cumulativeGasUsed: UInt64
  /// What contracts told, in order.
  public var logs: [Log]

  /// Makes a receipt.
  public init(
    type: Transaction.Kind, hasSucceeded: Bool, cumulativeGasUsed: UInt64, logs: [Log]
  ) {
    self.type = type
    self.hasSucceeded = hasSucceeded
    self.cumulativeGasUsed = cumulativeGasUsed
    self.logs = logs
  }

  /// The filter of the logs' addresses and topics: 256 bytes (Yellow Paper, section 4.3.1).
  public var bloom: [UInt8] {
    var filter = [UInt8](repeating: 0, count: 256)
    func add(_ bytes: [UInt8]) {
      let hash = Keccak256.hash(bytes).bytes
      for pair in 0..<3 {
        // Eleven bits of each of the first three pairs of bytes choose a bit, counted from the end.
        let bit = (Int(hash[2 * pair]) << 8 | Int(hash[2 * pair + 1])) & 2047
        filter[255 - bit / 8] |= 1 << UInt8(bit % 8)
      }
    }
    for log in logs {
      add(log.address.bytes)
      for topic in log.topics { add(topic.bytes) }
    }
    return filter
  }

  /// The bytes in the receipts tree: type byte and RLP.
  public var encoded: [UInt8] {
    var list = RLPWriter()
    for log in logs {
      var topics = RLPWriter(reserving: 33 * log.topics.count)
      for topic in log.topics { topics.add(topic.bytes) }
      var fields = RLPWriter()
      fields.add(log.address)
      fields.add(list: topics)
      fields.add(log.data)
      list.add(list: fields)
    }
    var fields = RLPWriter()
    fields.add(UInt64(hasSucceeded ? 1 : 0))
    fields.add(cumulativeGasUsed)
    fields.add(bloom)
    fields.add(list: list)
    return fields.list(behind: type == .legacy ? nil : type.rawValue)
  }
}
