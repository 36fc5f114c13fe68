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

  @Test("go past those that records bring, once they come to them") func brought() {
    nonces.pass(5, of: account)
    nonces.pass(6, of: account)
    nonces.pass(8, of: account)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 7)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 9)
    nonces.pass(3, of: account)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 10)
    nonces.pass(11, of: account)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 12)
  }

  @Test("do not follow a record far ahead, which is told") func farAhead() {
    #expect(nonces.take(for: account, pending: 5)?.nonce == 5)
    #expect(nonces.pass(1_000_000_000_000_000_000, of: account) == 6)
    #expect(nonces.pass(1_000_000_000_000_000_001, of: account) == nil, "told once")
    #expect(nonces.take(for: account, pending: 5)?.nonce == 6)
    #expect(nonces.pass(8, of: account) == 7)
  }

  @Test("of refused records are the next ones, wherever they came from") func broughtBack() {
    nonces.pass(5, of: account)
    #expect(nonces.giveBack(5, of: account) == .next)
    // A signed one behind it waits for it.
    #expect(nonces.pass(6, of: account) == 5)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 5)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 7)
    nonces.pass(8, of: account)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 9)
    #expect(nonces.giveBack(8, of: account) == .open)
    #expect(nonces.take(for: account, pending: 5) == .init(nonce: 8, counted: nil, isOpen: true))
  }

  @Test("that two transactions have are given to no third") func shared() {
    #expect(nonces.take(for: account, pending: 5)?.nonce == 5)
    // A record replaces it, and is refused: the first has it still.
    nonces.pass(5, of: account)
    #expect(nonces.giveBack(5, of: account) == .used)
    nonces.pass(2, of: account)
    #expect(nonces.giveBack(2, of: account) == .used)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 6)
    nonces.pass(9, of: account)
    nonces.pass(9, of: account)
    #expect(nonces.giveBack(9, of: account) == .used)
  }

  @Test("that come back are the next, the lowest first, before later ones go on") func givenBack() {
    for nonce in 5...9 { #expect(nonces.take(for: account, pending: 5)?.nonce == UInt64(nonce)) }
    #expect(nonces.giveBack(9, of: account) == .next)
    #expect(nonces.giveBack(7, of: account) == .open)
    #expect(nonces.giveBack(5, of: account) == .open)
    #expect(nonces.giveBack(5, of: account) == .used)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 5)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 7)
    #expect(nonces.take(for: account, pending: 5)?.nonce == 9)
    // All that came back at the end leave nothing open.
    for nonce in [8, 7, 9] as [UInt64] { _ = nonces.giveBack(nonce, of: account) }
    for nonce in 7...9 { #expect(nonces.take(for: account, pending: 5)?.nonce == UInt64(nonce)) }
  }

  @Test("that stayed open are forgotten once the chain has counted them") func filled() {
    for _ in 5...8 { _ = nonces.take(for: account, pending: 5) }
    #expect(nonces.giveBack(6, of: account) == .open)
    #expect(nonces.take(for: account, pending: 7)?.nonce == 9)
  }

  @Test("are used up by the sender's own permissions too, where they hold") func authorizations()
    throws
  {
    func key(_ byte: UInt8) throws -> Signer {
      let secret = [UInt8](repeating: byte, count: 32)
      return Signer(try PrivateKey(SecretBytes(copying: secret.span)))
    }
    let (signer, other) = (try key(7), try key(8))
    let code = try Address(bytes: [UInt8](repeating: 1, count: Address.length))
    func permission(_ chainId: UInt256, _ nonce: UInt64, by signer: Signer) -> Authorization {
      signer.sign(Authorization.Terms(chainId: chainId, address: code, nonce: nonce))
    }
    let transaction = try Transaction(
      type: .setCode, chainId: 1, nonce: 4, to: code, gas: 200_000,
      fees: .dynamic(cap: 10, tip: 1),
      authorizationList: [
        permission(1, 5, by: signer), permission(2, 6, by: signer), permission(0, 6, by: signer),
        permission(1, 9, by: signer), permission(1, 7, by: other),
      ])
    #expect(transaction.ownAuthorizations(of: signer.address) == 5..<7)
    #expect(transaction.ownAuthorizations(of: other.address).isEmpty)
  }

  @Test("end before 2^64 - 1 (EIP-2681)") func highest() {
    #expect(nonces.take(for: account, pending: .max - 1)?.nonce == NonceSequence.highest)
    #expect(nonces.take(for: account, pending: .max - 1) == nil)
    #expect(nonces.take(for: account, pending: .max) == nil)
    #expect(nonces.giveBack(.max - 1, of: account) == .next)
    nonces.pass(.max, of: account)
    #expect(nonces.take(for: account, pending: 0)?.nonce == NonceSequence.highest)
  }
}
