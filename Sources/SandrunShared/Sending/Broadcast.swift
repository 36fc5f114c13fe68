public import Ethereum
public import EthereumRPC
internal import Hashing
public import Records

/// Hands signed transactions to all endpoints, and says for certain what became of them, or that nobody can tell.
public struct Broadcaster: Sendable {
  /// How a transaction did not get to any node.
  public struct Refusal: Error, Sendable {
    /// What a tool says, and how it ends.
    public var failure: Failure
    /// Whether certainly no node has it, so that its nonce is free and another may be made.
    public var isDefinite: Bool
    /// Whether a node has judged it: not where none was reached.
    var isJudged: Bool

    init(_ failure: Failure, isDefinite: Bool, isJudged: Bool = true) {
      self.failure = failure
      self.isDefinite = isDefinite
      self.isJudged = isJudged
    }
  }

  let client: EthereumClient
  /// How often the same bytes are offered again where the answer was lost.
  let retries: Int
  /// Told what helps to understand a run.
  let detail: @Sendable (String) -> Void

  /// A broadcaster to the endpoints of a client.
  public init(
    _ client: EthereumClient, retries: Int, detail: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.retries = retries
    self.detail = detail
  }

  /// The same broadcaster by the client of one record.
  func asking(_ node: EthereumClient) -> Broadcaster {
    Broadcaster(node, retries: retries, detail: detail)
  }

  /// Offers a transaction to every endpoint at once, until one says that it has it, which may be since long ago.
  ///
  /// The same bytes have one hash, so that they may be offered twice. Each endpoint's chain is asked for before, once.
  /// The refusal is definite where every endpoint refuses for certain, or where none was reached at all.
  public func broadcast(_ transaction: SignedTransaction) async throws(Refusal) {
    let offers = offers
    guard offers.count > 1 else { return try await offers[0].make(transaction) }
    var refusals: [(place: Int, refusal: Refusal)] = []
    var isTaken = false
    for (place, result) in await made(offers, of: transaction) {
      do throws(Refusal) {
        try result.get()
        isTaken = true
      } catch {
        refusals.append((place, error))
      }
    }
    guard isTaken else {
      throw Task.isCancelled
        ? Refusal(.interrupted, isDefinite: false)
        : Refusal(ofAll: refusals.sorted { $0.place < $1.place }.map(\.refusal))
    }
    for (_, refusal) in refusals {
      detail("another endpoint has \(transaction.hash); but \(refusal.failure.message)")
    }
  }

  /// Sees that as many endpoints as must agree, else one, answer for the transaction: a hash in answer to the broadcast
  /// is not a promise.
  public func look(for transaction: SignedTransaction) async throws(Failure) {
    let needed = client.quorum
    let (held, missing, errors) = await looked(for: transaction, until: needed)
    guard held < needed else { return }
    guard !Task.isCancelled else { throw .interrupted }
    guard held + missing >= needed else {
      throw Failure(
        client.endpoints.count == 1
          ? errors[0]
          : needed == 1
            ? .unanswered(errors)
            : .noQuorum(
              found: held + missing, needed: needed, of: client.endpoints.count, errors: errors))
    }
    throw Failure(
      .temporary,
      client.endpoints.count == 1
        ? "the node took \(transaction.hash), but does not know it: it may have dropped it"
        : "\(transaction.hash) was taken, but \(held) of \(client.endpoints.count) endpoints know it, where \(needed) must",
      code: "not-held", hint: "fed again, the record offers the same transaction again")
  }
}
