import ArgumentParser
import Commands
import EthereumRPC
import EventStreams
import Records
import WebSocket

/// How a stream hears of new blocks.
struct HeadOptions: ParsableArguments {
  /// Where the node tells of them.
  @Option(
    name: .customLong("ws-url"),
    help: "Be told of new blocks by the WebSocket at <url>; 'none': poll alone.")
  var wsURL: String?

  /// What wakes a stream of a chain: the WebSocket beside the first endpoint, or the one that is named, or a clock alone.
  ///
  /// Throws 64 or 78 for an address that is none.
  func signal(
    _ client: EthereumClient, on chain: ChainIdentity, pollingEvery interval: Duration,
    in world: World
  ) throws(Failure) -> any HeadSignal {
    let named = try world.setting(.ethWS, flag: wsURL)
    var options = WebSocketHeads.Options()
    options.isNamed = named != nil
    options.pollInterval = interval
    options.slowInterval = max(options.slowInterval, interval)
    guard named != "none", let url = try named.map(Self.url) ?? Self.url(beside: client) else {
      return PollingSignal(every: interval)
    }
    return WebSocketHeads(
      url, chainId: chain.chainId, options: options, detail: { world.detail($0) },
      warn: { world.note($0) })
  }

  private static func url(_ text: String) throws(Failure) -> WebSocketURL {
    do throws(WebSocketError) { return try WebSocketURL(text) } catch {
      throw Failure(
        .configuration, "the address of the WebSocket is bad: \(error)",
        hint: "it is ws://host:port or wss://host/path; see --ws-url")
    }
  }

  /// Nodes have it at the same address, or nowhere that could be guessed.
  private static func url(beside client: EthereumClient) -> WebSocketURL? {
    client.endpoints.first.flatMap { try? WebSocketURL(beside: $0.address) }
  }

  func validate() throws {
    guard let wsURL, wsURL != "none" else { return }
    do throws(Failure) { _ = try Self.url(wsURL) } catch {
      throw ValidationError("--ws-url: \(error.message)")
    }
  }
}
