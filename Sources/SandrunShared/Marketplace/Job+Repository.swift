extension Job.Repository {
  /// Throws for what no repository of a job may be.
  func check() throws(JobError) {
    try Self.check(url: url)
    if let ref, ref.isEmpty || ref.hasPrefix("-") || ref.utf8.contains(where: { $0 < 0x20 }) {
      throw JobError("job.repository.ref", "is \(quoted(ref)), which is no ref")
    }
    guard Self.isObjectName(commit), Job.isHex(commit) else {
      throw JobError("job.repository.commit", "is no 40 or 64 lower-case hex digits")
    }
  }

  /// Whether a text has the form of a whole object name of git: 40 or 64 hex digits of either case.
  public static func isObjectName(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count) && Job.isHex(text.lowercased())
  }

  /// Throws for what is no https, ssh or file URL, and for one with credentials.
  ///
  /// The URL becomes public with the specification; what is wrong is told without it, since it may hold a password.
  public static func check(url: String) throws(JobError) {
    let wrong = JobError("job.repository.url", "is no https, ssh or file URL")
    guard let colon = url.firstRange(of: "://"), url.utf8.count < 4096,
      url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f })
    else { throw wrong }
    let rest = url[colon.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let at = rest.lastIndex(of: "@")
    let user = authority.lastIndex(of: "@").map { authority[..<$0] }
    switch url[..<colon.lowerBound] {
    case "file":
      guard authority.isEmpty, rest.count > 1 else { throw wrong }
      return
    case "https":
      guard user == nil else { throw Self.credentials }
    case "ssh":
      guard user?.contains(":") != true else { throw Self.credentials }
      guard user?.isEmpty != true, user?.hasPrefix("-") != true else { throw wrong }
    default:
      throw wrong
    }
    let host = user.map { authority.dropFirst($0.count + 1) } ?? authority
    // A password with a slash in it ends the authority early, where a port should stand.
    guard isHost(host) else { throw at == nil ? wrong : Self.credentials }
  }

  private static let credentials = JobError("job.repository.url", "holds credentials")

  /// A name or address, perhaps with a port.
  private static func isHost(_ text: Substring) -> Bool {
    var name = text
    var port: Substring = "0"
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      name = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return false }
      port = rest.isEmpty ? port : rest.dropFirst()
    } else if let colon = text.firstIndex(of: ":") {
      name = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    return !name.isEmpty && !name.hasPrefix("-") && !name.contains("@")
      && UInt16(port) != nil && port.utf8.allSatisfy { $0 &- 0x30 < 10 }
  }
}
