import ABI
import ArgumentParser
import Commands
import Records

/// `sr-chain decode`: bytes of contracts to values.
struct Decode: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decode what contracts take, give back, log and revert with.",
    discussion: """
      $ sr-chain decode 'transfer(address,uint256)' 0xa9059cbb... | jq .args
      The operands are data in hexadecimal digits. A record with 'tx' gets 'tx.function' and \
      'tx.args', one with 'log' gets 'log.event' and 'log.args'. Data must be exactly what \
      'encode' writes.
      """)
  static let operandMember: String? = "data"

  @Argument(
    help: ArgumentHelp(
      "The function, its name or its types, and the data.", valueName: "signature-and-data"))
  var words: [String] = []

  @Flag(help: "Decode the topics and data of a log.")
  var event = false

  @Flag(help: "Decode the data that a contract reverted with.")
  var error = false

  @Flag(help: "Decode what a function gave back.")
  var returns = false

  @Flag(help: "Decode the arguments of the ABI's constructor.")
  var constructor = false

  @OptionGroup var abi: ABIOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    guard [event, error, returns, constructor].count(where: { $0 }) <= 1 else {
      throw ValidationError("--event, --error, --returns and --constructor exclude each other")
    }
    guard signature != nil || abi.file != nil || error else {
      throw ValidationError("give a signature such as 'transfer(address,uint256)', or --abi")
    }
  }

  /// The first parameter, unless it is data.
  var signature: String? {
    guard let first = words.first, !first.hasPrefix("0x"), !first.hasPrefix("{") else { return nil }
    return first
  }

  var operands: [String] { Array(words.dropFirst(signature == nil ? 0 : 1)) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let decoder = try ABIRecordDecoder(signature, mode, abi: try abi.read(), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      try emitter.emit(try decoder.decode(input))
    }
  }

  private var mode: ABIMode {
    event ? .event : error ? .error : returns ? .returns : constructor ? .constructor : .call
  }
}
