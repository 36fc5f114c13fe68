public import SystemPackage

/// What a request carries: nothing, bytes, parts of files, or what a producer makes while it is sent.
///
/// It can be sent again: a file is opened anew, a producer called anew.
public struct HTTPRequestBody: Sendable {
  /// A stretch of a body whose length is known before it is sent.
  public enum Segment: Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// So many bytes of a regular file from an offset on; it is an error where the file has fewer.
    case file(FilePath, offset: Int = 0, length: Int)

    /// In bytes.
    public var length: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(_, _, let length): length
      }
    }
  }

  enum Content: Sendable {
    case segments([Segment])
    case producer(length: Int?, @Sendable (HTTPBodyWriter) async throws -> Void)
  }

  let content: Content

  /// The length, where it is known before it is sent.
  public var length: Int? {
    switch content {
    case .segments(let segments): segments.reduce(0) { $0 + $1.length }
    case .producer(let length, _): length
    }
  }

  /// No body.
  public static let none = Self(content: .segments([]))

  /// These bytes.
  public static func bytes(_ bytes: [UInt8]) -> Self { Self(content: .segments([.bytes(bytes)])) }

  /// So many bytes of a regular file from an offset on.
  public static func file(_ path: FilePath, offset: Int = 0, length: Int) -> Self {
    Self(content: .segments([.file(path, offset: offset, length: length)]))
  }

  /// Stretches of bytes and files, one after another.
  public static func segments(_ segments: [Segment]) -> Self { Self(content: .segments(segments)) }

  /// What a producer writes, called once for each time that the body is sent.
  ///
  /// With a length it must write exactly that many bytes; without one they are sent in chunks. What it throws ends the
  /// call with `HTTPError.Cause.body` and is described there.
  public static func stream(
    length: Int?, _ produce: @escaping @Sendable (HTTPBodyWriter) async throws -> Void
  ) -> Self {
    Self(content: .producer(length: length, produce))
  }
}
