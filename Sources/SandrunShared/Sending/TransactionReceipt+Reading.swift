public import EthereumRPC
internal import Ethereum
internal import Hashing
internal import Records
internal import WideInteger

extension TransactionReceipt {
  /// Reads a node's receipt, and sees that it agrees with itself.
  public init(_ value: RPCValue) throws(RPCError) {
    transactionHash = try value.member("transactionHash").digest()
    blockHash = try value.member("blockHash").digest()
    blockNumber = try value.member("blockNumber").blockNumber()
    transactionIndex = try value.member("transactionIndex").number()
    from = try value.member("from").address()
    to = try value.optional("to")?.address()
    contractAddress = try value.optional("contractAddress")?.address()
    gasUsed = try value.member("gasUsed").number()
    effectiveGasPrice = try value.optional("effectiveGasPrice")?.quantity()
    // Chains without typed transactions name none.
    type = try value.optional("type")?.number() ?? 0
    guard type < 0x80 else { throw value.flaw("\"type\" is \(type)") }
    switch try value.member("status").number() {
    case 0: hasSucceeded = false
    case 1: hasSucceeded = true
    case let other: throw value.flaw("\"status\" is \(other), neither 0 nor 1")
    }
    logs = []
    for element in try value.member("logs").elements() {
      let log = try log(element)
      if let last = logs.last, log.index <= last.index {
        throw element.flaw("its logIndex is not above that of the one before")
      }
      logs.append(log)
    }
    guard hasSucceeded || logs.isEmpty else { throw value.flaw("logs where \"status\" is 0") }
  }

  /// One log, which must be of this transaction in this block.
  private func log(_ value: RPCValue) throws(RPCError) -> Log {
    guard try value.optional("transactionHash")?.digest() ?? transactionHash == transactionHash,
      try value.optional("blockHash")?.digest() ?? blockHash == blockHash,
      try value.optional("blockNumber")?.blockNumber() ?? blockNumber == blockNumber,
      try value.optional("transactionIndex")?.number() ?? transactionIndex == transactionIndex
    else { throw value.flaw("it is of another transaction or block") }
    let topics = try value.member("topics").elements()
    guard topics.count <= 4 else { throw value.flaw("\(topics.count) topics") }
    return Log(
      address: try value.member("address").address(),
      topics: try topics.map { (topic) throws(RPCError) in try topic.digest() },
      data: try value.member("data").data(), index: try value.member("logIndex").number())
  }
}
