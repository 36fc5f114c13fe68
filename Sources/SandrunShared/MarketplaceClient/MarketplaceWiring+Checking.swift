public import ABI
internal import Ethereum
public import EthereumRPC
internal import Hashing
public import Marketplace
public import Records

extension MarketplaceWiring {
  /// What a node is asked of a contract, and what it must answer.
  private struct Question {
    let contract: MarketplaceContract
    let address: Address
    /// The getter and what it must give; nil where code alone must be there.
    let getter: (query: ContractQuery, name: String, expected: ABIValue)?

    func request(at block: BlockReference) -> RPCRequest {
      getter?.query.request(at: block)
        ?? RPCRequest("eth_getCode", [.string("\(address)"), block.parameter])
    }

    /// Throws where the answer is another than it must be.
    func judge(
      _ result: Result<JSON, RPCFailure>, of request: RPCRequest
    ) throws(RPCError) {
      guard let (query, name, expected) = getter else {
        let code = try result.answer(to: request)
        guard !(try code.data()).isEmpty else {
          throw code.flaw("there is no code of \(contract.name) at \(address)")
        }
        return
      }
      func flaw(_ found: String) -> RPCError {
        .badAnswer(
          method: request.method,
          reason:
            "\(name)() of \(contract.name) at \(address) \(found), where it was told \(expected.shown)"
        )
      }
      guard case .returned(let bytes) = try query.outcome(result, of: request) else {
        throw flaw("reverts")
      }
      guard let values = try? query.function?.decodeResult(bytes) else {
        throw flaw("gives \(Hex.encode(Array(bytes.prefix(64))))")
      }
      guard values == [expected] else {
        throw flaw("is \(values.map(\.shown).joined(separator: ", "))")
      }
    }
  }

  /// Asks a node whether the four are there and tell of each other what they were told, in one round trip.
  ///
  /// Throws 75 where the node has not come to a block yet that holds one of them, 76 where code is missing or a getter
  /// tells something else.
  public func check(
    _ abis: [ContractABI], by client: EthereumClient, behind block: UInt64
  ) async throws(Failure) {
    let questions: [Question]
    do throws(MarketplaceWiringError) { questions = try self.questions(abis) } catch {
      throw Failure(.data, "\(error)")
    }
    let (head, results): (UInt64, [Result<JSON, RPCFailure>])
    do throws(RPCError) {
      (head, results) = try await client.read(at: .latest) { block in
        questions.map { $0.request(at: block) }
      }
    } catch {
      throw Failure(error)
    }
    guard head >= block else {
      throw Failure(
        .temporary,
        "the node is at block \(head), and the contracts were made up to block \(block)",
        code: "node-behind", hint: "run it again")
    }
    do throws(RPCError) {
      for (question, result) in zip(questions, results) {
        try question.judge(result, of: question.request(at: .latest))
      }
    } catch {
      throw Failure(error)
    }
  }

  private func questions(
    _ abis: [ContractABI]
  ) throws(MarketplaceWiringError) -> [Question] {
    var questions: [Question] = []
    for (contract, abi) in zip(MarketplaceContract.allCases, abis) {
      let address = address(of: contract)
      questions.append(Question(contract: contract, address: address, getter: nil))
      for part in parts(of: contract) {
        let function = try getter(part, of: contract, abi: abi)
        guard let query = try? ContractQuery(to: address, function: function, arguments: []) else {
          throw .noGetter(contract, part.name)
        }
        questions.append(
          Question(contract: contract, address: address, getter: (query, part.name, part.value)))
      }
    }
    return questions
  }
}

extension ABIValue {
  /// The value for people.
  fileprivate var shown: String { json.string ?? json.text }
}
