public import ABI
public import Ethereum
public import EthereumRPC
public import Marketplace
public import Records
public import WideInteger

/// The four contracts of one marketplace, and the nodes of its chain: found by a `MarketFinder`.
public struct Market: Sendable {
  /// The chain's nodes.
  public internal(set) var client: EthereumClient
  /// Which chain it is.
  public let chain: ChainIdentity
  /// Who is a node.
  public let nodeRegistry: Address
  /// The jobs and their money.
  public let jobMarketplace: Address
  /// The commitments.
  public let proofVerification: Address
  /// The openings and verdicts: `escrow.verifier`.
  public let consensusManager: Address

  /// The same marketplace, asked by a client whose calls end with a record's own time.
  public func forRecord() -> Market {
    var copy = self
    copy.client = client.forRecord()
    return copy
  }

  /// Where a contract lies.
  public func address(of contract: MarketplaceContract) -> Address {
    switch contract {
    case .nodeRegistry: nodeRegistry
    case .jobMarketplace: jobMarketplace
    case .proofVerification: proofVerification
    case .consensusManager: consensusManager
    }
  }

  /// A call that asks one of the contracts.
  public func query(
    _ contract: MarketplaceContract, _ function: ABIFunction, _ arguments: [ABIValue] = []
  ) -> ContractQuery {
    do throws(ABIError) {
      return try ContractQuery(
        to: address(of: contract), function: function, arguments: arguments, abi: contract.abi)
    } catch { preconditionFailure("\(function.signature): \(error)") }
  }

  /// What one of the contracts gives back at the chain's latest block; where it reverts, 1 with its words.
  public func call(
    _ contract: MarketplaceContract, _ function: ABIFunction, _ arguments: [ABIValue] = []
  ) async throws(Failure) -> [ABIValue] {
    let query = query(contract, function, arguments)
    let request = query.request(at: .latest)
    let outcome: ContractQuery.Outcome
    do throws(RPCError) {
      outcome = try query.outcome(try await client.batch([request])[0], of: request)
    } catch { throw Failure(error) }
    switch outcome {
    case .reverted(let reason):
      throw Failure(
        .answerNo, "\(contract.name).\(function.name) reverts: \(reason)", code: "reverted")
    case .returned(let data):
      do throws(ABIError) { return try function.decodeResult(data) } catch {
        throw Failure(
          .protocolViolation, "\(contract.name).\(function.signature) gives no answer: \(error)",
          code: "bad-answer")
      }
    }
  }

  /// The node that an account operates, by its number; nil where it operates none.
  public func registration(
    of node: Address
  ) async throws(Failure) -> (number: UInt256, node: RegisteredNode)? {
    let told = try await call(.nodeRegistry, NodeRegistry.numberOf, [.address(node)])
    guard case .uint(let number)? = told.first, number > 0 else { return nil }
    let request = query(.nodeRegistry, NodeRegistry.nodes, [.uint(number)]).request(at: .latest)
    let data: [UInt8]
    do throws(RPCError) {
      data = try RPCValue(await client.call(request), method: request.method).data()
    } catch { throw Failure(error) }
    do throws(ContractAnswerError) {
      guard let found = try RegisteredNode(answer: data) else { return nil }
      guard found.operatorAddress == node else {
        throw ContractAnswerError(
          function: NodeRegistry.nodes.signature,
          reason: "the operator \(found.operatorAddress) of node \(number), which is \(node)'s")
      }
      return (number, found)
    } catch { throw Failure(error) }
  }
}

extension Failure {
  /// What a tool says where a contract's answer cannot be: 76.
  public init(_ error: ContractAnswerError) {
    self.init(.protocolViolation, "\(error)", code: "bad-answer")
  }
}
