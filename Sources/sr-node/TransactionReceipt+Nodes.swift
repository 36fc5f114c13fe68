import ABI
import Marketplace
import MarketplaceClient
import Sending
import WideInteger

extension TransactionReceipt {
  /// The arguments of NodeRegistry's event among the logs; nil where there is none.
  func arguments(of event: ABIEvent, in market: Market) -> [ABIEvent.Argument]? {
    logs.lazy.filter { $0.address == market.nodeRegistry }
      .compactMap { try? event.decode(topics: $0.topics, data: $0.data) }.first
  }

  /// The number of the node that an event is of.
  func number(of event: ABIEvent, in market: Market) -> UInt64? {
    guard case .value(.uint(let number))? = arguments(of: event, in: market)?.first else {
      return nil
    }
    return UInt64(exactly: number)
  }
}
