public import ABI
public import Ethereum
public import Records
internal import Hashing
public import WideInteger

/// A call that asks a contract and changes nothing: who is asked, what, and how the answer is read.
public final class ContractQuery: Sendable {
  /// The contract.
  public let to: Address
  /// The function; nil where the data were given as they are.
  public let function: ABIFunction?
  /// Its arguments.
  public let arguments: [ABIValue]
  /// What is sent.
  public let data: [UInt8]
  /// What the contract's ABI tells, where it is registered: for its errors.
  public let abi: ContractABI?

  /// A call of data as they are.
  public init(to: Address, data: [UInt8], abi: ContractABI? = nil) {
    self.to = to
    self.data = data
    self.abi = abi
    function = nil
    arguments = []
  }

  /// A call of a function.
  public init(
    to: Address, function: ABIFunction, arguments: [ABIValue], abi: ContractABI? = nil
  ) throws(ABIError) {
    data = try function.encodeCall(arguments)
    self.to = to
    self.function = function
    self.arguments = arguments
    self.abi = abi
  }

  /// What a contract gave back.
  public enum Outcome: Sendable {
    /// Bytes.
    case returned([UInt8])
    /// It refused.
    case reverted(RevertReason)
  }

  /// The call as `eth_call` takes it, on behalf of an account and with ether where they are given.
  public func request(
    at block: BlockReference, from: Address? = nil, value: UInt256? = nil
  ) -> RPCRequest {
    var transaction: JSONObject = [:]
    transaction["from"] = from.map { .string("\($0)") }
    transaction["to"] = .string("\(to)")
    transaction["value"] = value.map { .string($0.hex) }
    // Nodes of old know `data`, those of late `input`; all take the former.
    transaction["data"] = .string(Hex.encode(data))
    return RPCRequest("eth_call", [.object(transaction), block.parameter])
  }

  /// Reads the answer to `request`; throws where the node failed rather than the contract.
  public func outcome(
    _ result: Result<JSON, RPCFailure>, of request: RPCRequest
  ) throws(RPCError) -> Outcome {
    guard case .failure(let refusal) = result, refusal.isRevert else {
      return .returned(try result.answer(to: request).data())
    }
    guard let data = refusal.revertData.flatMap({ try? Hex.decode($0) }) else {
      // A node that tells no data tells words at best.
      return .reverted(.error(refusal.message.droppingPrefix("execution reverted: ")))
    }
    return .reverted(RevertReason(decoding: data, abi: abi))
  }

  /// The values that a contract gave back; nil where the function does not tell their types.
  public func values(_ returned: [UInt8]) throws(Failure) -> [ABIValue]? {
    guard let function, !function.outputs.isEmpty else { return nil }
    guard !returned.isEmpty else {
      throw Failure(
        .data, "\(to) gives nothing back", code: "no-contract",
        hint: "is there a contract on this chain, and has it \(function.signature)?")
    }
    do throws(ABIError) { return try function.decodeResult(returned) } catch {
      throw Failure(
        .data, "what \(to) gives back is no \(function.outputs.canonicalTypes): \(error)",
        code: "bad-result")
    }
  }
}

extension String {
  fileprivate func droppingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
