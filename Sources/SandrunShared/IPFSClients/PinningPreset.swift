/// A pinning service that is known by name, so that a user need only give a token.
public struct PinningPreset: Sendable {
  /// What `--remote` calls it.
  public var name: String
  /// What it speaks.
  public var kind: PinningService.Kind
  /// Where it is reached; nil where it is no more.
  public var url: String?
  /// What to do where it is no more.
  public var advice: String?

  /// All that are known.
  public static let table: [PinningPreset] = [
    .init(name: "pinata", kind: .pinata, url: "https://api.pinata.cloud"),
    .init(name: "pinata-psa", kind: .pinningServiceAPI, url: "https://api.pinata.cloud/psa"),
    .init(name: "filebase", kind: .pinningServiceAPI, url: "https://api.filebase.io/v1/ipfs"),
    .init(name: "4everland", kind: .pinningServiceAPI, url: "https://api.4everland.dev"),
    .init(
      name: "web3.storage", kind: .pinningServiceAPI, url: nil,
      advice: "Web3.Storage offers the Pinning Service API no more"),
    .init(
      name: "web3storage", kind: .pinningServiceAPI, url: nil,
      advice: "Web3.Storage offers the Pinning Service API no more"),
    .init(
      name: "nft.storage", kind: .pinningServiceAPI, url: nil,
      advice: "NFT.Storage offers the Pinning Service API no more"),
    .init(
      name: "estuary", kind: .pinningServiceAPI, url: nil, advice: "Estuary was shut down"),
  ]
}
