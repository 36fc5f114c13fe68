/// A decoder that the fuzzer feeds, by the name of its corpus.
public enum FuzzTarget: String, CaseIterable, Sendable {
  case json
  case rlp
  case transaction
  case abi
  case typedData = "typed-data"
  case keystore
  case cid
  case car
  case dagPB = "dag-pb"
  case unixfs
  case hamt

  /// Checks what must hold for any bytes that the decoder is given; a violation traps.
  public func check(_ bytes: [UInt8]) {
    switch self {
    case .json: checkJSONProperties(bytes)
    case .rlp: checkRLPProperties(bytes)
    case .transaction: checkTransactionProperties(bytes)
    case .abi: checkABIProperties(bytes)
    case .typedData: checkTypedDataProperties(bytes)
    case .keystore: checkKeystoreProperties(bytes)
    case .cid: checkCIDProperties(bytes)
    case .car: checkCARProperties(bytes)
    case .dagPB: checkDAGPBProperties(bytes)
    case .unixfs: checkUnixFSProperties(bytes)
    case .hamt: checkHAMTProperties(bytes)
    }
  }
}
