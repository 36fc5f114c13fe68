import Ethereum
import EthereumRPC
import HTTP
import Records
import WideInteger

/// Makes the record of a chain whose program writes none: waits for its answers, and sees that the accounts have money.
struct DevReadiness: Sendable {
  private let client: EthereumClient
  private let port: UInt16
  private let chainId: UInt64
  private let accounts: [Address]

  /// 10^6 ETH in wei.
  private static let million = UInt256(1_000_000) * UInt256(1_000_000_000_000_000_000)

  init(port: UInt16, _ options: DevOptions) throws(Failure) {
    let url: HTTPURL
    do throws(HTTPURLError) { url = try HTTPURL("http://127.0.0.1:\(port)") } catch {
      throw Failure(.internalError, "\(error)")
    }
    var client = EthereumClient.Options()
    client.http.retries = 0
    // Another program that had the port first is no chain of ours.
    client.chainId = UInt256(options.chainId)
    self.client = EthereumClient(url, client)
    self.port = port
    chainId = options.chainId
    accounts = try DevKeys.addresses(options.accounts)
  }

  /// Waits until the node answers, pays the accounts where they have nothing, and gives the chain's record.
  func chain() async throws(Failure) -> JSONObject {
    let identity = try await answering()
    do throws(RPCError) {
      if try await balance(of: .string("\(accounts[0])")) == UInt256(0) { try await pay() }
    } catch {
      throw Failure(error)
    }
    return [
      "endpoint": .string("http://127.0.0.1:\(port)"), "ws": .string("ws://127.0.0.1:\(port)"),
      "chainId": .integer(chainId), "genesis": .string("\(identity.genesis)"),
      "accounts": .array(accounts.map { .string("\($0)") }),
    ]
  }

  private func answering() async throws(Failure) -> ChainIdentity {
    for _ in 0..<600 {
      do throws(RPCError) { return try await client.identity() } catch {
        guard case .http = error else { throw Failure(error) }
      }
      do { try await Task.sleep(for: .milliseconds(100)) } catch { throw .interrupted }
    }
    throw Failure(.unavailable, "nothing answers on 127.0.0.1:\(port) after a minute")
  }

  private func balance(of account: JSON) async throws(RPCError) -> UInt256 {
    let request = RPCRequest("eth_getBalance", [account, "latest"])
    return try await client.batch([request])[0].answer(to: request).quantity()
  }

  /// A million ETH for each from the account that the node holds itself, or an equal share where it has less.
  private func pay() async throws(RPCError) {
    guard let rich = try await client.call("eth_accounts").elements?.first else { return }
    let value = min(Self.million, try await balance(of: rich) / UInt256(accounts.count + 1))
    for account in accounts {
      _ = try await client.call(
        "eth_sendTransaction",
        [["from": rich, "to": .string("\(account)"), "value": .string(value.hex)]])
    }
    let last = JSON.string("\(accounts[accounts.count - 1])")
    while try await balance(of: last) == UInt256(0) {
      do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
    }
  }
}
