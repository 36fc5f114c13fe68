import ArgumentParser
import Commands
import EthereumRPC
import Records

/// `sr-chain rpc`: any method of a node.
struct Rpc: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Call any JSON-RPC method.",
    discussion: """
      $ sr-chain rpc eth_getBlockByNumber latest false | jq .result.hash
      $ sr-chain rpc eth_getLogs '{"address":"0x…","fromBlock":"0x0"}'
      A parameter that is JSON is taken as such, anything else as a string. Without METHOD each \
      record on standard input has 'method' and 'params' and gets 'result'; --jobs of them go in one \
      batch. The result is the node's own: nothing in it is checked or changed.
      """)
  static let operandMember: String? = "method"

  @Argument(help: "The method: eth_blockNumber; none: records on standard input.")
  var method: String?

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Its parameters, each JSON or else a string.", valueName: "params"))
  var words: [String] = []

  @Flag(help: "Take all parameters as one JSON text: one argument, or standard input.")
  var raw = false

  @OptionGroup var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    guard !raw || method != nil else { throw ValidationError("--raw goes with METHOD") }
    let params = try words.arguments()
    guard !raw || params.count <= 1 else { throw ValidationError("--raw takes one JSON text") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let client = try chain.client(in: world)
    if let method {
      let request = RPCRequest(method, params: try parameters(in: world))
      let result = try await world.interruptible { () throws(Failure) in
        try await Self.answers(to: [request], client)[0].get()
      }
      try world.write(
        Record(["method": .string(method), "params": request.params, "result": result]))
      return .done
    }
    let gathering = Gathering<RPCRequest, JSON>(breadth: stream.jobs) { requests in
      await Self.answers(to: requests, client)
    }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let params = try input["params"] ?? []
      let request = RPCRequest(
        try input.operand("method"), params: try Self.checked(params, "\"params\""))
      let result = try await world.interruptible { () throws(Failure) in
        try await gathering.value(for: request)
      }
      try emitter.emit(input.setting("result", to: result))
    }
  }

  private static func answers(
    to requests: [RPCRequest], _ client: EthereumClient
  ) async -> [Result<JSON, Failure>] {
    do throws(RPCError) {
      return try await client.forRecord().batch(requests).map { result in
        result.mapError { refusal in
          // Which method there is to call was the caller's own choice.
          refusal.isMissingMethod
            ? Failure(.data, "\(refusal)", code: "no-such-method") : Failure(refusal)
        }
      }
    } catch {
      return requests.map { _ in .failure(Failure(error)) }
    }
  }

  private func parameters(in world: World) throws(Failure) -> JSON {
    let params = (try? words.arguments()) ?? []
    guard raw else { return .array(params.map { Self.json(Array($0.utf8)) ?? .string($0) }) }
    let bytes: [UInt8]
    if let text = params.first {
      bytes = Array(text.utf8)
    } else {
      bytes = try world.readAll(limit: 16 << 20)
    }
    let value: JSON
    do throws(JSONError) { value = try JSON(parsing: bytes) } catch {
      throw Failure(.data, "malformed parameters: \(error)")
    }
    return try Self.checked(value, "the parameters")
  }

  private static func json(_ bytes: [UInt8]) -> JSON? { try? JSON(parsing: bytes) }

  private static func checked(_ params: JSON, _ name: String) throws(Failure) -> JSON {
    switch params {
    case .array, .object: return params
    default:
      throw Failure(.data, "\(name): \(params.kind) where an array or an object is needed")
    }
  }
}
