public import Records

extension KuboRPC {
  /// Where the node says that other machines reach it, at most 20 addresses; none of this machine's own.
  public func addresses() async throws(Failure) -> [String] {
    let answer = try await object(Command("id"))
    let told = answer["Addresses"]?.elements?.compactMap(\.string) ?? []
    let own = ["/ip4/127.", "/ip6/::1/", "/ip4/0.0.0.0/", "/ip6/::/", "/dns4/localhost/"]
    return Array(
      told.filter { text in
        text.hasPrefix("/") && text.utf8.count <= 512 && !own.contains { text.hasPrefix($0) }
      }.prefix(20))
  }
}
