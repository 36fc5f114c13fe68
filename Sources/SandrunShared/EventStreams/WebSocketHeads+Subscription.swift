internal import EthereumRPC
internal import Hashing
internal import Records
internal import WebSocket
internal import WideInteger

/// One connection's talk: what is asked over it, and what each message from the node means.
///
/// It decides nothing by time, and does nothing by itself.
struct HeadSubscription {
  /// What a message brought.
  enum News: Equatable {
    /// The subscription stands, and the chain is the right one.
    case subscribed
    /// A head that the last message did not tell.
    case head(UInt64)
    /// How high the chain is, as it was asked.
    case height(UInt64)
    /// Nothing new.
    case nothing
  }

  /// Why a connection is of no use.
  enum Flaw: Error, Equatable {
    /// It breaks JSON-RPC, or tells what was not asked.
    case nonsense(String)
    /// The node is on another chain.
    case wrongChain(found: UInt256)
    /// The node has no subscriptions.
    case unsupported(String)
    /// The node refuses for now.
    case refused(String)
  }

  /// The chain that the node must be on.
  private let chainId: UInt256
  private var pending: [Int: RPCRequest] = [:]
  private var nextId = 1
  private var id: String?
  private var isRightChain = false
  private var last: Digest32?

  init(chainId: UInt256) { self.chainId = chainId }

  /// Whether heads are told from now on, of the right chain.
  var isOpen: Bool { id != nil && isRightChain }

  /// What is sent first, one message each.
  mutating func opening() -> [WebSocketMessage] {
    [ask(.chainId), ask(RPCRequest("eth_subscribe", ["newHeads"]))]
  }

  /// Asks how high the chain is.
  mutating func askHeight() -> WebSocketMessage { ask(RPCRequest("eth_blockNumber")) }

  private mutating func ask(_ request: RPCRequest) -> WebSocketMessage {
    defer { nextId += 1 }
    pending[nextId] = request
    return .text(request.json(id: nextId).text)
  }

  /// Reads a message strictly.
  mutating func take(_ message: WebSocketMessage) throws(Flaw) -> News {
    let body: JSON
    do {
      switch message {
      case .text(let text): body = try JSON(parsing: Array(text.utf8))
      // geth itself sends text alone, but takes both.
      case .binary(let bytes): body = try JSON(parsing: bytes)
      }
    } catch {
      throw .nonsense("a message is no JSON: \(error)")
    }
    if body["method"] != nil { return try told(body) }
    return try answered(body)
  }

  /// An answer to what was asked.
  private mutating func answered(_ body: JSON) throws(Flaw) -> News {
    guard let id = body["id"]?.integer, let request = pending.removeValue(forKey: id) else {
      throw .nonsense("a message is neither a head nor an answer to what was asked")
    }
    let result: Result<JSON, RPCFailure>
    do { result = try RPCAnswer.result(body, to: request, id: id) } catch {
      throw .nonsense(error.reason)
    }
    if case .failure(let failure) = result {
      // "notifications not supported" is what geth says over HTTP.
      throw failure.isMissingMethod || failure.message.contains("not supported")
        ? .unsupported("\(failure)") : .refused("\(failure)")
    }
    let found: UInt256
    do throws(RPCError) {
      let value = try result.answer(to: request)
      switch request.method {
      case "eth_subscribe":
        self.id = try Self.subscription(value)
        return isOpen ? .subscribed : .nothing
      case RPCRequest.chainId.method: found = try value.quantity()
      default: return .height(try value.blockNumber())
      }
    } catch {
      throw .nonsense("\(error)")
    }
    guard found == chainId else { throw .wrongChain(found: found) }
    isRightChain = true
    return isOpen ? .subscribed : .nothing
  }

  private static func subscription(_ value: RPCValue) throws(RPCError) -> String {
    let text = try value.string()
    guard (1...200).contains(text.utf8.count) else { throw value.flaw("no id of a subscription") }
    return text
  }

  /// A head that the node tells by itself.
  private mutating func told(_ body: JSON) throws(Flaw) -> News {
    guard body["jsonrpc"]?.string == "2.0", body["method"] == "eth_subscription" else {
      throw .nonsense("a message is no notice of a subscription")
    }
    let params = RPCValue(body["params"] ?? .null, method: "eth_subscription")
    do throws(RPCError) {
      let id = try params.member("subscription").string()
      let head = try params.member("result")
      let (number, hash) = (
        try head.member("number").blockNumber(), try head.member("hash").digest()
      )
      // Told before we know the subscription's id, it stands for nothing: the heads so far are polled for then.
      guard let own = self.id else { return .nothing }
      guard id == own else { throw params.flaw("another subscription's id") }
      guard isOpen, hash != last else { return .nothing }
      last = hash
      return .head(number)
    } catch {
      throw .nonsense("\(error)")
    }
  }
}
