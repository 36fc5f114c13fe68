import Hashing
import Records
import Testing
import WebSocket
import WideInteger

@testable import EventStreams

@Suite("A subscription's talk") struct HeadSubscriptionTests {
  private static let hash = "0x" + String(repeating: "ab", count: 32)

  private static func answer(_ id: Int, _ result: JSON) -> WebSocketMessage {
    let answer: JSON = ["jsonrpc": "2.0", "id": .integer(id), "result": result]
    return .text(answer.text)
  }

  private static func head(
    _ number: JSON, hash: JSON = .string(hash), of subscription: JSON = "0x1"
  ) -> WebSocketMessage {
    let told: JSON = [
      "jsonrpc": "2.0", "method": "eth_subscription",
      "params": ["subscription": subscription, "result": ["number": number, "hash": hash]],
    ]
    return .text(told.text)
  }

  private static func opened() throws -> HeadSubscription {
    var subscription = HeadSubscription(chainId: 5)
    #expect(subscription.opening().count == 2)
    #expect(try subscription.take(answer(1, "0x5")) == .nothing)
    #expect(try subscription.take(answer(2, "0x1")) == .subscribed)
    return subscription
  }

  @Test("what is asked is a request of JSON-RPC each")
  func questions() throws {
    var subscription = HeadSubscription(chainId: 5)
    #expect(
      subscription.opening() == [
        .text(#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}"#),
        .text(#"{"jsonrpc":"2.0","id":2,"method":"eth_subscribe","params":["newHeads"]}"#),
      ])
    #expect(
      subscription.askHeight()
        == .text(#"{"jsonrpc":"2.0","id":3,"method":"eth_blockNumber","params":[]}"#))
  }

  @Test("it stands once both answers are there, in whatever order")
  func opening() throws {
    var subscription = HeadSubscription(chainId: 5)
    _ = subscription.opening()
    #expect(try subscription.take(Self.answer(2, "0x1")) == .nothing)
    #expect(!subscription.isOpen)
    // A head of a chain that is not known yet.
    #expect(try subscription.take(Self.head("0x7")) == .nothing)
    #expect(try subscription.take(Self.answer(1, "0x5")) == .subscribed)
    #expect(subscription.isOpen)
    #expect(try subscription.take(Self.head("0x7")) == .head(7))
  }

  @Test("a head counts once; the same height again, with another block, counts")
  func heads() throws {
    var subscription = try Self.opened()
    let other = JSON.string("0x" + String(repeating: "cd", count: 32))
    #expect(try subscription.take(Self.head("0x7")) == .head(7))
    #expect(try subscription.take(Self.head("0x7")) == .nothing)
    #expect(try subscription.take(Self.head("0x7", hash: other)) == .head(7))
    #expect(try subscription.take(Self.head("0x6")) == .head(6))
    _ = subscription.askHeight()
    #expect(try subscription.take(Self.answer(3, "0x9")) == .height(9))
    // The answer is taken once.
    #expect(throws: HeadSubscription.Flaw.self) { try subscription.take(Self.answer(3, "0x9")) }
  }

  @Test(
    "what is no head of this subscription ends it",
    arguments: [
      head("0x7", of: "0x2"), head("0x7", of: 1), head("0x07"), head(7), head("0x7", hash: "0xab"),
      head("0x10000000000000000"), head("0x7", hash: .null), .text("["), .text(""), .text("[]"),
      .binary([0xFF, 0xFE]), .text("{}"), .text(#"{"jsonrpc":"2.0","id":2,"result":"0x2"}"#),
      .text(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}"#),
      .text(#"{"jsonrpc":"2.0","method":"eth_subscription"}"#),
      .text(#"{"jsonrpc":"2.0","method":"eth_other","params":{}}"#),
      .text(#"{"method":"eth_subscription","params":{"subscription":"0x1","result":{}}}"#),
    ])
  func nonsense(message: WebSocketMessage) throws {
    var subscription = try Self.opened()
    do throws(HeadSubscription.Flaw) {
      let news = try subscription.take(message)
      Issue.record("\(news)")
    } catch {
      guard case .nonsense = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("another chain, and a node that has no subscriptions, or too many")
  func refusals() throws {
    var subscription = HeadSubscription(chainId: 5)
    _ = subscription.opening()
    #expect(throws: HeadSubscription.Flaw.wrongChain(found: 6)) {
      try subscription.take(Self.answer(1, "0x6"))
    }
    for (code, message, isFinal) in [
      (-32601, "the method eth_subscribe does not exist/is not available", true),
      (-32000, "notifications not supported", true), (-32005, "too many", false),
    ] {
      var subscription = HeadSubscription(chainId: 5)
      _ = subscription.opening()
      let refusal: JSON = [
        "jsonrpc": "2.0", "id": 2,
        "error": ["code": .integer(code), "message": .string(message)],
      ]
      do throws(HeadSubscription.Flaw) {
        let news = try subscription.take(.text(refusal.text))
        Issue.record("\(news)")
      } catch {
        switch error {
        case .unsupported: #expect(isFinal)
        case .refused: #expect(!isFinal)
        default: Issue.record("\(error)")
        }
      }
    }
  }

  @Test("an id of a subscription is a text, neither empty nor endless")
  func ids() throws {
    for id: JSON in ["", .string(String(repeating: "1", count: 201)), 1, .null] {
      var subscription = HeadSubscription(chainId: 5)
      _ = subscription.opening()
      #expect(throws: HeadSubscription.Flaw.self) { try subscription.take(Self.answer(2, id)) }
    }
  }
}
