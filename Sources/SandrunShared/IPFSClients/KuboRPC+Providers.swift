public import IPFS
public import Records

extension KuboRPC {
  /// Somebody who says that he has a block.
  public struct Provider: Sendable {
    /// His peer id.
    public var id: String
    /// His multiaddrs.
    public var addresses: [String]
  }

  /// libp2p's number for a line of `routing/findprovs` that names providers.
  private static let providerLine = 4
  /// The node tells of its search, too: so many lines at most.
  private static let mostLines = 1_000_000
  /// What is taken of one provider at most.
  private static let mostAddresses = 64

  /// Hands on whom the node finds that has a block, each once, at most so many.
  public func findProviders(
    of cid: CID, limit: Int, _ take: (Provider) async throws(Failure) -> Void
  ) async throws(Failure) {
    var command = Command("routing/findprovs", ["arg": "\(cid)", "num-providers": "\(limit)"])
    // What was handed on cannot be taken back.
    command.isRepeatable = false
    var seen: Set<String> = []
    try await lines(command, limit: Self.mostLines) { (line) throws(Failure) in
      guard line["Type"]?.integer == Self.providerLine else { return }
      for response in line["Responses"]?.elements ?? [] {
        guard let id = response["ID"]?.string, !id.isEmpty, id.utf8.count <= 256 else {
          throw strange(command, "a provider without an id")
        }
        guard seen.count < limit, seen.insert(id).inserted else { continue }
        let addresses = (response["Addrs"]?.elements ?? []).prefix(Self.mostAddresses)
          .compactMap(\.string).filter { $0.utf8.count <= 1024 }
        try await take(Provider(id: id, addresses: addresses))
      }
    }
  }
}
