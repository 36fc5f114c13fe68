internal import WideInteger

extension Transaction {
  /// The gas that is used before anything runs: the rules of Shanghai and later, with EIP-7702's.
  public var intrinsicGas: UInt64 {
    let zeros = data.count { $0 == 0 }
    var gas = 21_000 + 4 * zeros + 16 * (data.count - zeros)
    if to == nil { gas += 32_000 + 2 * ((data.count + 31) / 32) }  // EIP-3860: two a word of code
    for entry in accessList { gas += 2_400 + 1_900 * entry.storageKeys.count }
    gas += 25_000 * authorizationList.count
    return UInt64(gas)
  }

  /// The least gas that a transaction of this data is charged since Prague, whatever it uses (EIP-7623).
  public var floorGas: UInt64 {
    let zeros = data.count { $0 == 0 }
    return UInt64(21_000 + 10 * (zeros + 4 * (data.count - zeros)))
  }

  /// Refuses what no block can hold, whatever the chain's state is; nodes would only say so later.
  public func validate() throws(TransactionError) {
    if case .dynamic(let cap, let tip) = fees, tip > cap {
      throw .invalid("maxPriorityFeePerGas \(tip) is above maxFeePerGas \(cap)")
    }
    let price = fees.cap.multipliedReportingOverflow(by: UInt256(gas))
    guard !price.overflow, !price.partialValue.addingReportingOverflow(value).overflow else {
      throw .invalid("gas \(gas) at \(fees.cap) wei costs more than 256 bits can tell")
    }
    guard gas >= intrinsicGas else {
      throw .invalid("gas \(gas) is below the \(intrinsicGas) that it uses before anything runs")
    }
  }
}
