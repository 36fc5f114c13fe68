internal import HTTPTypes

/// Keeps web pages from driving a node through the browser of somebody who can reach it.
struct Gate: Sendable {
  /// Whether the node listens where only this machine can reach it.
  let isLoopback: Bool
  /// Names that it may be called by there.
  let hostNames: [String]

  /// Why a request is refused; nil where it is not.
  ///
  /// A page that a browser loaded elsewhere shows its `Origin`. One whose name was made to lead here (DNS
  /// rebinding) is its own origin, and shows itself by the name in `Host`.
  func refusal(host: String?, origin: String?, site: String?) -> RequestError? {
    if isLoopback, let host, !(Self.name(in: host).map(isOurs) ?? false) {
      return RequestError(.forbidden, "the node does not go by the name that the request uses")
    }
    if let origin {
      guard let mark = origin.firstRange(of: "://"), let host,
        origin[mark.upperBound...].lowercased() == host.lowercased()
      else { return RequestError(.forbidden, "web pages of other sites may not use the node") }
    }
    if site == "cross-site" {
      return RequestError(.forbidden, "web pages of other sites may not use the node")
    }
    return nil
  }

  private func isOurs(_ name: String) -> Bool {
    // Brackets hold an IPv6 address.
    if name.isEmpty || name.hasPrefix("[") || name == "localhost" || name.hasSuffix(".localhost") {
      return true
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
      || hostNames.contains { $0.lowercased() == name }
  }

  /// The name or address without the port; nil for what is neither.
  static func name(in host: String) -> String? {
    let text = host.lowercased()
    var name = text.prefix { $0 != ":" }
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      name = text[...end]
      let address = name.dropFirst().dropLast()
      guard address.contains(":"), address.allSatisfy({ $0.isHexDigit || ".:".contains($0) })
      else { return nil }
    }
    let port = text[name.endIndex...]
    guard port.isEmpty || port.first == ":" && port.dropFirst().allSatisfy(\.isWholeNumber) else {
      return nil
    }
    return String(name)
  }
}
