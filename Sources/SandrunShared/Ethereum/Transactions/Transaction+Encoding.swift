public import Hashing
internal import WideInteger

extension Transaction {
  /// The bytes whose hash is signed: type byte and RLP, without a signature.
  public var unsigned: [UInt8] {
    var fields = fields
    if type == .legacy, let chainId {
      // EIP-155: the chain, and two zeros where r and s will be.
      fields.add(chainId)
      fields.add(0 as UInt64)
      fields.add(0 as UInt64)
    }
    return fields.list(behind: typeByte)
  }

  /// The hash that is signed: of `unsigned`.
  public var digest: Digest32 { Keccak256.hash(unsigned) }

  /// The transaction as it is sent, with a signature.
  func raw(with signature: Signature) -> [UInt8] {
    var fields = fields
    fields.add(v(of: signature))
    fields.add(signature.r)
    fields.add(signature.s)
    return fields.list(behind: typeByte)
  }

  private var typeByte: UInt8? { type == .legacy ? nil : type.rawValue }

  /// The parity, in the fewest bytes; in type 0 behind 27, or 35 and twice the chain (EIP-155), which may take 257 bits.
  func v(of signature: Signature) -> [UInt8] {
    let parity = signature.yParity
    guard type == .legacy else { return parity == 0 ? [] : [parity] }
    guard let chainId else { return [27 + parity] }
    let (sum, carries) = (chainId << 1).addingReportingOverflow(UInt256(35 + parity))
    let top = UInt8((chainId >> 255).low) + (carries ? 1 : 0)
    return top == 0 ? sum.minimalBytes : [top] + sum.bytes
  }

  /// The fields in the order of the type's own EIP.
  private var fields: RLPWriter {
    var fields = RLPWriter(reserving: 192 + data.count)
    if type != .legacy, let chainId { fields.add(chainId) }
    fields.add(nonce)
    switch fees {
    case .price(let price): fields.add(price)
    case .dynamic(let cap, let tip):
      fields.add(tip)
      fields.add(cap)
    }
    fields.add(gas)
    fields.add(to)
    fields.add(value)
    fields.add(data)
    if type != .legacy { fields.add(list: accessListFields) }
    if let blobs {
      fields.add(blobs.maxFeePerGas)
      var hashes = RLPWriter()
      for hash in blobs.hashes { hashes.add(hash.bytes) }
      fields.add(list: hashes)
    }
    if type == .setCode { fields.add(list: authorizationFields) }
    return fields
  }

  private var accessListFields: RLPWriter {
    var list = RLPWriter()
    for entry in accessList {
      var keys = RLPWriter(reserving: entry.storageKeys.count * 33)
      for key in entry.storageKeys { keys.add(key.bytes) }
      var fields = RLPWriter(reserving: keys.content.count + 30)
      fields.add(entry.address)
      fields.add(list: keys)
      list.add(list: fields)
    }
    return list
  }

  private var authorizationFields: RLPWriter {
    var list = RLPWriter()
    for authorization in authorizationList {
      var fields = RLPWriter(reserving: 160)
      fields.add(authorization.terms.chainId)
      fields.add(authorization.terms.address)
      fields.add(authorization.terms.nonce)
      fields.add(UInt64(authorization.yParity))
      fields.add(authorization.r)
      fields.add(authorization.s)
      list.add(list: fields)
    }
    return list
  }
}
