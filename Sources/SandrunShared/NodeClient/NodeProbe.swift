public import Commands
public import Ethereum
internal import HTTP
internal import HTTPTypes
public import Networking
public import Records

/// Asks nodes whether they are there, and whether they are those that they are said to be: `GET /health`.
public final class NodeProbe: Sendable {
  private let http: HTTPClient
  private let timeout: Duration

  /// A prober by these options; without `--timeout` a node has ten seconds.
  public init(_ network: NetworkOptions, in world: World) throws(Failure) {
    var options = try network.clientOptions()
    options.retries = network.retries ?? 0
    http = HTTPClient(options)
    timeout = try network.recordTimeout() ?? .seconds(10)
  }

  /// How a node is: `status` as it says itself, `unreachable`, or `impostor` where another's address answers; `latency` in
  /// seconds, or `reason`.
  ///
  /// Its address was told by a stranger: no redirect is followed.
  public func health(of address: Address, at endpoint: Endpoint) async -> JSON {
    let start = ContinuousClock.now
    let bytes: [UInt8]
    do throws(HTTPError) {
      bytes = try await http.send(
        endpoint.url("health").request(.get, [.accept: "application/json"]), body: .none,
        HTTPCall(timeout: timeout, followsRedirects: false)
      ) { (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: 1 << 16)
      }
    } catch {
      return ["status": "unreachable", "reason": .string("\(error)")]
    }
    let latency = ContinuousClock.now - start
    guard let told = try? JSON(parsing: bytes), let status = told["status"]?.string,
      ["ok", "draining"].contains(status)
    else { return ["status": "unreachable", "reason": "what answers is no node"] }
    guard let worker = told["worker_id"]?.string.flatMap({ Address($0) }) else {
      return ["status": "unreachable", "reason": "what answers has no address"]
    }
    guard worker == address else {
      return ["status": "impostor", "reason": .string("\(worker) answers")]
    }
    return ["status": .string(status), "latency": .number(JSONNumber(latency))]
  }
}
