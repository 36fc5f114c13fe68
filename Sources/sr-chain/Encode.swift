import ABI
import ArgumentParser
import Commands
import EthereumRPC
import Hashing
import Records

/// `sr-chain encode`: arguments to the bytes that contracts take.
struct Encode: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Encode arguments as contracts take them.",
    discussion: """
      $ sr-chain encode 'transfer(address,uint256)' 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045 5
      A list of types without a name is encoded without a selector. With no parameters it is a \
      filter: a record with 'function' and 'args', or with both in 'tx', gets 'data'.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "The function, its name or its types, and the arguments.", valueName: "signature-and-arg"))
  var given: [String] = []

  @Flag(help: "Encode side by side with no padding, as Solidity's abi.encodePacked does.")
  var packed = false

  @Flag(help: "Encode the topics and data of an event.")
  var event = false

  @Flag(help: "Encode the data of an error that a contract reverts with.")
  var error = false

  @Flag(help: "Encode what a function gives back.")
  var returns = false

  @Flag(help: "Encode the arguments of the ABI's constructor; they are the only parameters.")
  var constructor = false

  @OptionGroup var abi: ABIOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    guard [packed, event, error, returns, constructor].count(where: { $0 }) <= 1 else {
      throw ValidationError(
        "--packed, --event, --error, --returns and --constructor exclude each other")
    }
    guard !constructor || abi.file != nil else {
      throw ValidationError("--constructor needs --abi; else give its types: '(address,uint256)'")
    }
    guard !packed || !given.isEmpty else { throw ValidationError("--packed needs types") }
    _ = try given.arguments()
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let abi = try abi.read()
    let encoder = ABIRecordEncoder(
      abi: abi, registry: ContractRegistry(try world.folders), mode: mode)
    if let filter = try encoder.filter(words, in: world) {
      return try await pipeline(in: world).run { input, emitter throws(Failure) in
        try emitter.emit(try filter.encode(input))
      }
    }
    try world.write(try encode(with: encoder, in: world))
    return .done
  }

  private var mode: ABIMode {
    event ? .event : error ? .error : returns ? .returns : constructor ? .constructor : .call
  }

  /// The parameters, which `validate` has seen.
  private var words: [String] { (try? given.arguments()) ?? [] }

  // MARK: Parameters

  private func encode(
    with encoder: ABIRecordEncoder, in world: World
  ) throws(Failure) -> Record {
    let arguments = Array(words.dropFirst())
    if constructor {
      let inputs = encoder.abi?.constructor?.inputs ?? []
      return try record { () throws(ABIError) in
        try ABI.encode(try ABIValue.list(parsing: words, as: inputs), as: inputs)
      }
    }
    if words[0].hasPrefix("(") || packed {
      let types = try Self.types(words[0])
      return try record { () throws(ABIError) in
        let values = try ABIValue.list(parsing: arguments, as: types)
        return packed
          ? try ABI.encodePacked(values, as: types.map(\.type)) : try ABI.encode(values, as: types)
      }
    }
    let source = try ABISource(words[0], mode, abi: encoder.abi, in: world)
    if event {
      do throws(ABIError) {
        let event = try source.event()
        let (topics, data) = try event.encode(try event.arguments(parsing: arguments))
        let log = EncodedLog(topics: topics, data: data)
        return Record(["log": .object(JSONObject(log.members.map { .init(name: $0, value: $1) }))])
      } catch {
        throw Failure(error)
      }
    }
    return try record { () throws(ABIError) in
      if self.error {
        let error = try source.error()
        return try error.encode(try ABIValue.list(parsing: arguments, as: error.inputs))
      }
      if returns {
        let function = try source.function()
        return try function.encodeResult(
          try ABIValue.list(parsing: arguments, as: function.outputs))
      }
      let (function, values) = try source.abi.function(
        named: source.name ?? "", parsing: arguments)
      return try function.encodeCall(values)
    }
  }

  private func record(_ bytes: () throws(ABIError) -> [UInt8]) throws(Failure) -> Record {
    do throws(ABIError) { return Record(["data": .string(Hex.encode(try bytes()))]) } catch {
      throw Failure(error)
    }
  }

  static func types(_ text: String) throws(Failure) -> [ABIParameter] {
    do throws(ABIError) { return try [ABIParameter](parsing: text) } catch {
      throw Failure(.usage, "malformed list of types '\(text)': \(error)")
    }
  }
}
