/// What of a DAG is meant, in the words of the trustless gateway specification: where a path leads, and how much of that.
///
/// The blocks on the way belong to it, so that who knows only the root can check each step.
public struct DAGPart: Hashable, Sendable {
  /// How much of what the path leads to.
  public enum Scope: String, Sendable, CaseIterable {
    /// All below it.
    case all
    /// A file with all its content, or what it takes to list a directory.
    case entity
    /// Its own block.
    case block
  }

  /// A stretch of a file's bytes, its ends counted from the file's end where they are below zero.
  public struct Bytes: Hashable, Sendable {
    /// The first byte.
    public var from: Int64
    /// The last byte; nil for the file's last.
    public var to: Int64?

    /// Makes a stretch from its first and its last byte.
    public init(from: Int64, to: Int64?) {
      self.from = from
      self.to = to
    }

    /// Reads `from:to`, where `to` may be `*`.
    public init?(parsing text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let from = Self.number(parts[0]) else { return nil }
      if parts[1] == "*" {
        self.init(from: from, to: nil)
      } else {
        guard let to = Self.number(parts[1]) else { return nil }
        // Of one kind, they have an order.
        guard (from < 0) != (to < 0) || from <= to else { return nil }
        self.init(from: from, to: to)
      }
    }

    private static func number(_ text: Substring) -> Int64? {
      text.hasPrefix("+") ? nil : Int64(text)
    }

    /// The offsets that are meant of a file of this size; none where the stretch lies outside.
    func range(of size: UInt64) -> Range<UInt64> {
      let end = Int64(clamping: size)
      func offset(_ value: Int64) -> Int64 {
        value < 0 ? max(-1, end + max(value, -end - 1)) : value
      }
      let first = max(0, offset(from))
      let last = min(to.map(offset) ?? end - 1, end - 1)
      return first <= last ? UInt64(first)..<UInt64(last + 1) : 0..<0
    }
  }

  /// Where it begins.
  public var path: ContentPath
  /// How much of it.
  public var scope: Scope
  /// With the scope `entity`, the bytes of a file that are wanted; all without it.
  public var bytes: Bytes?

  /// Names a part.
  public init(_ path: ContentPath, scope: Scope = .all, bytes: Bytes? = nil) {
    self.path = path
    self.scope = scope
    self.bytes = scope == .entity ? bytes : nil
  }
}
