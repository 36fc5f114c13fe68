internal import Commands
internal import Ethereum
public import Records
internal import Sending

extension MarketSender {
  /// Brings to its end what earlier runs have begun for an act, whatever they called with, and lets the act go on behind it.
  ///
  /// For what may happen again with other arguments, such as a registration. True where something of it is in a block
  /// behind the one at which the act was decided on: then what was seen there may hold no more.
  public func finishEarlier(
    _ act: inout MarketAct, in market: Market
  ) async throws(Failure) -> Bool {
    guard let journals, let base = id(of: act), !isDryRun else { return false }
    let account = try account()
    var isNewer = false
    while true {
      let id = Self.id(base, act.attempt)
      guard let begun = try journals.record(once: id, of: account, on: market.chain) else {
        return isNewer
      }
      let receipt: TransactionReceipt?
      do throws(Failure) {
        receipt = try await sender.send(begun).receipt
      } catch {
        // A cancel is in its place.
        guard error.code == Failure.replacedCode else { throw error }
        receipt = nil
      }
      if let receipt {
        if receipt.blockNumber > act.seen ?? .max { isNewer = true }
        // The user's own ID stands for one transaction that succeeded.
        if receipt.hasSucceeded, once != nil, act.isMain { return isNewer }
      }
      act.attempt += 1
    }
  }
}
