import ArgumentParser
import Commands
import EthereumRPC
import Records
import WideInteger

/// `sr-chain gas`: what gas costs, and what each strategy would offer.
struct Gas: Command {
  static let configuration = CommandConfiguration(
    abstract: "Tell what gas costs, and what each strategy offers.",
    discussion: """
      $ sr-chain gas | jq -r .gas.fast.maxFeePerGas
      One record, in wei a unit of gas: the next block's base fee, the node's own price, and for \
      slow, standard and fast what 'build' and 'send' would put into a transaction; custom too, \
      where --tip or --gas-price is given. -v says why.
      """)

  @OptionGroup var fees: FeeOptions
  @OptionGroup var chain: ChainOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let client = try chain.client(in: world)
    let requests = [RPCRequest.chainId] + FeePlanner.requests
    let results = try await world.interruptible { () throws(Failure) in
      do throws(RPCError) { return try await client.forRecord().batch(requests) } catch {
        throw Failure(error)
      }
    }
    try world.write(Record(["gas": .object(try gas(results, requests, in: world))]))
    return .done
  }

  private func gas(
    _ results: [Result<JSON, RPCFailure>], _ requests: [RPCRequest], in world: World
  ) throws(Failure) -> JSONObject {
    let market = Array(results.dropFirst())
    var gas = JSONObject()
    do throws(RPCError) {
      gas["chainId"] = .integer(try results[0].answer(to: requests[0]).number())
      let latest = try BlockHeader(results[3].answer(to: requests[3]))
      gas["block"] = .integer(latest.number)
    } catch {
      throw Failure(error)
    }
    let chosen = fees.planner()
    for strategy in FeeStrategy.allCases {
      var planner = chosen
      if strategy == .custom {
        guard chosen.strategy == .custom else { continue }
      } else {
        planner = FeePlanner(strategy, cap: chosen.cap)
      }
      let plan: FeePlan
      do throws(FeeError) { plan = try planner.plan(from: market) } catch { throw Failure(error) }
      gas["baseFee"] = plan.baseFee.map { .string("\($0)") }
      for reason in plan.reasons { world.detail("\(strategy.rawValue): \(reason)") }
      gas[strategy.rawValue] = plan.json
    }
    if case .success(let price) = market[1] {
      do throws(RPCError) {
        let price = try RPCValue(price, method: requests[2].method).quantity()
        gas["gasPrice"] = .string("\(price)")
      } catch {
        throw Failure(error)
      }
    }
    return gas
  }
}
