public import Ethereum
public import EthereumRPC
internal import Hashing
internal import Records
internal import WideInteger

extension SignedTransaction {
  /// Rebuilds a transaction from a node's answer, as `eth_getTransactionByHash` gives it.
  ///
  /// The hash is made anew of what the node tells and must be the one that it names, so that no member can be another
  /// than was signed; the sender is recovered and must be the named one. Throws `badAnswer` where that is not so, and
  /// for forms that are not known here. The bytes of type 3 are those without its blobs.
  public init(_ value: RPCValue) throws(RPCError) {
    let named = (hash: try value.member("hash").digest(), from: try value.member("from").address())
    let (transaction, parity) = try Self.parts(of: value)
    let (r, s) = (try value.member("r").quantity(), try value.member("s").quantity())
    guard let signature = try? Signature(r: r, s: s, yParity: parity),
      let signer = signature.signer(of: transaction.digest)
    else { throw value.flaw("its signature is none") }
    self.init(transaction, signature, signedBy: signer.address)
    guard hash == named.hash else {
      throw value.flaw("what it tells of \(named.hash) has the hash \(hash)")
    }
    guard from == named.from else {
      throw value.flaw("it says that \(named.from) sent \(hash), which \(from) signed")
    }
  }

  private static func parts(
    of value: RPCValue
  ) throws(RPCError) -> (transaction: Transaction, parity: UInt8) {
    // Chains without typed transactions name none.
    let number = try value.optional("type")?.number() ?? 0
    guard let type = UInt8(exactly: number).flatMap(Transaction.Kind.init) else {
      throw value.flaw("a transaction of type \(number) is not known here")
    }
    let (chainId, parity) = try chain(of: value, type)
    let fees: Transaction.Fees =
      type.hasDynamicFees
      ? .dynamic(
        cap: try value.member("maxFeePerGas").quantity(),
        tip: try value.member("maxPriorityFeePerGas").quantity())
      : .price(try value.member("gasPrice").quantity())
    var accessList: [AccessListEntry] = []
    if type != .legacy {
      for entry in try value.member("accessList").elements() {
        let keys = try entry.member("storageKeys").elements()
        accessList.append(
          AccessListEntry(
            address: try entry.member("address").address(),
            storageKeys: try keys.map { (key) throws(RPCError) in try key.digest() }))
      }
    }
    let authorizations = type == .setCode ? try permissions(in: value) : []
    let blobs = type == .blob ? try Self.blobs(in: value) : nil
    let (nonce, gas) = (try value.member("nonce").number(), try value.member("gas").number())
    let (to, amount) = (try value.optional("to")?.address(), try value.member("value").quantity())
    let data = try value.member("input").data()
    do throws(TransactionError) {
      let transaction = try Transaction(
        type: type, chainId: chainId, nonce: nonce, to: to, value: amount, data: data, gas: gas,
        fees: fees, accessList: accessList, authorizationList: authorizations, blobs: blobs)
      return (transaction, parity)
    } catch {
      throw value.flaw("\(error)")
    }
  }

  /// The chain and the parity; in type 0 both are in `v` (EIP-155), or it names no chain.
  private static func chain(
    of value: RPCValue, _ type: Transaction.Kind
  ) throws(RPCError) -> (UInt256?, UInt8) {
    let v = try value.member("v").quantity()
    guard type == .legacy else {
      guard v <= 1 else { throw value.flaw("\"v\" is \(v), neither 0 nor 1") }
      return (try value.member("chainId").quantity(), UInt8(v.low))
    }
    if v == 27 || v == 28 { return (nil, UInt8(v.low) - 27) }
    guard v >= 35 else { throw value.flaw("\"v\" is \(v)") }
    let rest = v &- 35
    return (rest >> 1, UInt8(rest.low & 1))
  }

  private static func permissions(in value: RPCValue) throws(RPCError) -> [Authorization] {
    try value.member("authorizationList").elements().map { (entry) throws(RPCError) in
      let parity = try entry.member("yParity").number()
      guard let parity = UInt8(exactly: parity) else {
        throw entry.flaw("\"yParity\" is \(parity)")
      }
      return Authorization(
        Authorization.Terms(
          chainId: try entry.member("chainId").quantity(),
          address: try entry.member("address").address(),
          nonce: try entry.member("nonce").number()),
        yParity: parity, r: try entry.member("r").quantity(), s: try entry.member("s").quantity())
    }
  }

  private static func blobs(in value: RPCValue) throws(RPCError) -> Transaction.Blobs {
    let hashes = try value.member("blobVersionedHashes").elements()
    return Transaction.Blobs(
      maxFeePerGas: try value.member("maxFeePerBlobGas").quantity(),
      hashes: try hashes.map { (hash) throws(RPCError) in try hash.digest() })
  }
}
