import Ethereum
import Testing
import WideInteger

@testable import EthereumRPC

@Suite("Nonces of a process") struct NonceSequenceTests {
  let nonces = NonceSequence()
  let account: NonceSequence.Account

  init() throws {
    account = try Self.account(1, of: 1)
  }

  static func account(_ chainId: UInt256, of byte: UInt8) throws -> NonceSequence.Account {
    .init(
      chainId: chainId, sender: try Address(bytes: [UInt8](repeating: byte, count: Address.length)))
  }

  @Test("count on from the node's pending count") func counted() {
    #expect(nonces.take(for: account, pending: 5) == .init(nonce: 5, counted: nil))
    #expect(nonces.take(for: account, pending: 5) == .init(nonce: 6, counted: nil))
    // A node that lags behind what it was sent is not believed.
    #expect(nonces.take(for: account, pending: 3)?.nonce == 7)
  }

  @Test("follow a node whose count ran ahead") func ranAhead() {
    _ = nonces.take(for: account, pending: 5)
    #expect(nonces.take(for: account, pending: 9) == .init(nonce: 9, counted: 6))
    #expect(nonces.take(for: account, pending: 9)?.nonce == 10)
  }

  @Test("are each account's own, and each chain's") func apart() throws {
    _ = nonces.take(for: account, pending: 5)
    #expect(nonces.take(for: try Self.account(1, of: 2), pending: 0)?.nonce == 0)
    #expect(nonces.take(for: try Self.account(2, of: 1), pending: 1)?.nonce == 1)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 6)
  }

  @Test("go past those that records bring") func brought() {
    nonces.pass(7, of: account)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 8)
    nonces.pass(3, of: account)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 9)
  }

  @Test("are given back only where no later one was given") func givenBack() {
    _ = nonces.take(for: account, pending: 5)
    #expect(nonces.giveBack(5, of: account))
    #expect(nonces.take(for: account, pending: 5)?.nonce == 5)
    _ = nonces.take(for: account, pending: 5)
    #expect(!nonces.giveBack(5, of: account))
    #expect(nonces.take(for: account, pending: 5)?.nonce == 7)
  }

  @Test("end before 2^64 - 1 (EIP-2681)") func highest() {
    #expect(nonces.take(for: account, pending: .max - 1)?.nonce == NonceSequence.highest)
    #expect(nonces.take(for: account, pending: .max - 1) == nil)
    #expect(nonces.take(for: account, pending: .max) == nil)
    #expect(nonces.giveBack(.max - 1, of: account))
    nonces.pass(.max, of: account)
    #expect(nonces.take(for: account, pending: 0)?.nonce == NonceSequence.highest)
  }
}
