public import ABI
public import Commands
public import Ethereum
public import Records
internal import Synchronization
internal import WideInteger

/// Completes transactions: asks a node, in one round trip each, for what neither the record nor the options say.
///
/// Where several are built at once, `draft` may overlap; `finish` gives nonces in the order of its calls.
public final class TransactionBuilder: Sendable {
  let world: World
  package let client: EthereumClient
  let flags: TransactionFields
  let fees: BuildingFees
  let buffer: GasBuffer
  /// Whether a draft is asked for along with what a journal must know: the chain's block 0, and the sender's counts.
  private let asksAccount: Bool
  /// The nonces that this process has given.
  public let nonces = NonceSequence()
  /// The state that estimates are made on: the pending one, unless the node has none.
  private let state = Mutex(BlockReference.Tag.pending)

  /// A transaction that is complete but for its nonce.
  public struct Draft: Sendable {
    /// Who sends it.
    public let account: NonceSequence.Account
    /// What is known; the nonce where the record brought one.
    package let fields: TransactionFields
    /// The lowest nonce that it may get, where that is ours to give: the sender's pending count, or what was asked for.
    package let pendingNonce: UInt64?
    /// Whether that is what an option asks for.
    package let isNonceAsked: Bool
    /// How many transactions the sender has, pending ones included; nil where nobody asked.
    package let chainNonce: UInt64?
    /// How many of them are in blocks; nil where nobody asked.
    package let minedNonce: UInt64?
    /// Which chain it is for; nil where nobody asked.
    public let identity: ChainIdentity?

    /// The nonce that the record brought.
    package var broughtNonce: UInt64? { pendingNonce == nil ? fields.nonce : nil }
  }

  /// A transaction that is complete.
  public struct Built: Sendable {
    /// The transaction.
    public let transaction: Transaction
    /// Who sends it.
    public let account: NonceSequence.Account
    /// Whether its nonce was given here, and not brought by its record.
    public let isNonceOurs: Bool
    /// The arguments of its call, their names resolved; nil where the record has none.
    let args: [JSON]?
  }

  /// A builder with a node; reads the access list's file where the options name one.
  ///
  /// With `asksAccount` each draft tells what a journal must know of chain and sender, in the same round trip.
  public init(
    _ client: EthereumClient, _ options: BuildingOptions, _ content: ContentOptions? = nil,
    asksAccount: Bool = false, in world: World
  ) throws(Failure) {
    self.world = world
    self.asksAccount = asksAccount
    self.client = client
    flags = try options.fields(content, in: world)
    fees = BuildingFees(options.fees.planner())
    buffer = options.gasBuffer.flatMap(GasBuffer.init) ?? .standard
  }

  /// Completes a transaction but for its nonce: names are resolved and `data` made before.
  ///
  /// `sender` is asked where neither the members nor the options name the sender; the ABI explains a revert; `node` is
  /// the record's own client. Throws 1 where the chain says that it would fail, 65 for members that do not fit, 76 where
  /// the node is on another chain.
  public func draft(
    _ members: TransactionFields, abi: ContractABI? = nil, asking node: EthereumClient,
    sender: () throws(Failure) -> Address
  ) async throws(Failure) -> Draft {
    var fields = filled(fees.filled(members))
    try checkChain(fields.chainId)
    guard fields.blobs == nil, fields.type != .blob else {
      throw Failure(.data, "blobs are not sent from here: type 3 is read alone")
    }
    let recipient: Address?
    switch fields.to {
    case .name(let name): throw Failure(.data, "\(JSON.string(name).text) is no address")
    case .address(let address): recipient = address
    case .creation:
      guard fields.data?.isEmpty == false else {
        throw Failure(.data, "without 'data' the transaction would create an empty contract")
      }
      recipient = nil
    // Never taken for a creation: a record that lost its 'to' would pay for nothing.
    case nil: throw Failure(TransactionMemberError("to", nil))
    }
    let from: Address
    if let named = fields.from { from = named } else { from = try sender() }
    fields.from = from
    var question = BuildingQuestion()
    if fields.nonce == nil, flags.nonce == nil { question.nonceOf = from }
    if fields.gas == nil {
      question.call = fields.call(from: from, to: recipient)
      question.block = state.withLock { $0 }
    }
    question.asksFees = fees.asks(for: fields)
    question.chainId = fields.chainId
    // A transaction that is complete costs no round trip of its own.
    if asksAccount, !question.isEmpty {
      question.asksIdentity = client.knownIdentity == nil
      (question.nonceOf, question.minedOf) = (from, from)
    }
    let answers = try await answers(question, of: node)
    if fields.chainId == nil { explain("chain \(answers.chainId): the node's") }
    fields.chainId = answers.chainId
    let isPriced = fields.gasPrice ?? fields.maxFeePerGas != nil
    let priced = try fees.priced(fields, by: answers.fees, explaining: explain)
    fields = priced.fields
    if let estimate = answers.estimate {
      let settled = try await settled(estimate, of: question, by: node)
      fields.gas = try gas(settled, upTo: priced.blockGas, to: recipient, abi: abi)
    }
    if !isPriced { try fees.checkWhole(fields) }
    return Draft(
      account: .init(chainId: answers.chainId, sender: from), fields: fields,
      pendingNonce: fields.nonce == nil ? flags.nonce ?? answers.pendingNonce : nil,
      isNonceAsked: fields.nonce == nil && flags.nonce != nil, chainNonce: answers.pendingNonce,
      minedNonce: answers.minedNonce, identity: client.knownIdentity)
  }

  func explain(_ reason: String) { world.detail(reason) }

  /// What the record says, and behind it what the options say.
  package func filled(_ members: TransactionFields) -> TransactionFields {
    var fields = members
    fields.type = members.type ?? flags.type
    fields.value = members.value ?? flags.value
    fields.data = members.data ?? flags.data
    fields.gas = members.gas ?? flags.gas
    fields.accessList = members.accessList ?? flags.accessList
    if members.gasPrice == nil { fields.maxFeePerGas = members.maxFeePerGas ?? flags.maxFeePerGas }
    return fields
  }

  // MARK: The node's part

  private func answers(
    _ question: BuildingQuestion, of client: EthereumClient
  ) async throws(Failure) -> BuildingAnswers {
    let chain = question.chainId
    do throws(RPCError) {
      if question.isEmpty {
        // Nothing to ask but which chain it is, and that not if the record says it.
        if let chain { return BuildingAnswers(chainId: chain) }
        return BuildingAnswers(chainId: try await client.chainId())
      }
      let answers = try await BuildingAnswers(question, of: client)
      if let chain, chain != answers.chainId {
        throw RPCError.wrongChain(url: client.name, expected: chain, found: answers.chainId)
      }
      return answers
    } catch { throw Failure(error) }
  }

  /// The estimate, made once more on the latest block where the node has no pending state.
  private func settled(
    _ estimate: Result<JSON, RPCFailure>, of question: BuildingQuestion, by client: EthereumClient
  ) async throws(Failure) -> Result<JSON, RPCFailure> {
    guard case .failure(let refusal) = estimate, question.block == .pending,
      !refusal.isRevert, refusal.message.lowercased().contains("pending"), let call = question.call
    else { return estimate }
    explain("the node has no pending state; estimates are made on the latest block")
    state.withLock { $0 = .latest }
    do throws(RPCError) {
      return try await client.batch([RPCRequest("eth_estimateGas", [call, "latest"])])[0]
    } catch { throw Failure(error) }
  }

  private func gas(
    _ estimate: Result<JSON, RPCFailure>, upTo limit: UInt64?, to recipient: Address?,
    abi: ContractABI?
  ) throws(Failure) -> UInt64 {
    let least: UInt64
    switch estimate {
    case .failure(let refusal): throw Failure(estimate: refusal, of: recipient, abi: abi)
    case .success(let value):
      do throws(RPCError) { least = try RPCValue(value, method: "eth_estimateGas").number() } catch
      {
        throw Failure(error)
      }
    }
    if let limit, least > limit {
      throw Failure(
        .answerNo, "the call takes \(least) gas, and a block has room for \(limit)",
        code: BroadcastRefusal.gasAboveLimit.rawValue)
    }
    let gas = min(buffer.applied(to: least, within: GasBuffer.transactionLimit), limit ?? .max)
    explain(
      "gas \(gas): the estimate of \(least) times \(buffer), within a block's \(limit.map { "\($0)" } ?? "limit")"
    )
    return gas
  }
}

extension BuildingAnswers {
  fileprivate init(chainId: UInt256) { self.chainId = chainId }
}

extension Record {
  /// The record with what was built in `tx`: names among the arguments of its call have become addresses.
  public func setting(_ built: TransactionBuilder.Built) throws(Failure) -> Record {
    let whole = try setting(built: built.transaction, from: built.account.sender)
    guard let args = built.args, var text = try whole.objectText("tx"),
      try whole.object("tx")?["args"] != .array(args)
    else { return whole }
    text.set("args", to: JSON.array(args).bytes)
    return whole.setting("tx", toText: text.bytes)
  }
}
