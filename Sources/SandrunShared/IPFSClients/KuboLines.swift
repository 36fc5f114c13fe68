internal import Records

/// Cuts an answer into lines of JSON as it comes, bounded in their length and number; one that is an error is thrown.
struct KuboLines {
  /// The longest line that is read: 10,000 addresses of a provider.
  private static let longest = 1 << 20

  private let limit: Int
  private var count = 0
  private var rest: [UInt8] = []

  init(limit: Int) { self.limit = limit }

  /// The lines that these bytes complete; nil stands for the end of the answer.
  mutating func take(
    _ chunk: [UInt8]?, from node: KuboRPC, _ command: KuboRPC.Command
  ) throws(Failure) -> [JSON] {
    var pieces = (chunk ?? []).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What follows the last newline waits for more; at the end it is a line without one.
    let tail = chunk == nil ? [] : pieces.popLast().map(Array.init) ?? []
    var found: [JSON] = []
    for piece in pieces {
      rest += piece
      if let line = try line(from: node, command) { found.append(line) }
    }
    rest += tail
    guard rest.count <= Self.longest else {
      throw node.strange(command, "a line of more than \(Self.longest) bytes")
    }
    return found
  }

  private mutating func line(
    from node: KuboRPC, _ command: KuboRPC.Command
  ) throws(Failure) -> JSON? {
    defer { rest = [] }
    guard rest.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }) else {
      return nil
    }
    count += 1
    guard count <= limit else { throw node.strange(command, "more than \(limit) lines") }
    guard rest.count <= Self.longest, let line = try? JSON(parsing: rest), line.object != nil else {
      throw node.strange(command, "what is no JSON object")
    }
    if line["Type"]?.string == "error", let message = line["Message"]?.string {
      throw Failure(kubo: message, from: node, command)
    }
    return line
  }
}
