internal import Files
internal import Hashing
public import Records
public import SystemPackage

/// Credentials for Kubo nodes, from a file of lines; never printed.
///
/// A line is what Kubo's `API.Authorizations` has as `AuthSecret`: `bearer:TOKEN` or `basic:USER:PASSWORD`; with an address and a
/// space before it, it is for that node alone. Empty lines and lines that begin with `#` say nothing.
public struct KuboSecrets: Sendable {
  /// Scheme, host and port, or nil for every node; and the value of the field `Authorization`.
  private var lines: [(origin: String?, value: String)] = []

  /// None.
  public init() {}

  /// Reads a file or a pipe; throws 78 for a line that is none, which is not shown.
  public init(file: FilePath) throws(Failure) {
    let bytes: [UInt8]
    do { bytes = try Files.read(file, limit: 64 << 10) } catch {
      throw Failure(.configuration, "cannot read the secret: \(error)", code: "no-secret")
    }
    for (index, line) in String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() where !line.isEmpty && line.first != "#" {
      do throws(BadLine) { lines.append(try Self.read(line)) } catch {
        throw Failure(
          .configuration, "line \(index + 1) of \(file) is no secret of a node: \(error.reason)",
          hint:
            "bearer:TOKEN or basic:USER:PASSWORD, with a node's address and a space before it where it is for that one alone"
        )
      }
    }
    guard !lines.isEmpty else {
      throw Failure(.configuration, "\(file) holds no secret", code: "no-secret")
    }
  }

  /// What is said to a node; its own line goes before one for all.
  func value(for address: KuboAddress) -> String? {
    (lines.first { $0.origin == address.origin } ?? lines.first { $0.origin == nil })?.value
  }

  private struct BadLine: Error {
    let reason: String
  }

  private static func read(_ line: Substring) throws(BadLine) -> (String?, String) {
    let words = line.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].contains("/") else { return (nil, try value(line)) }
    let address: KuboAddress
    do { address = try KuboAddress(String(words[0])) } catch { throw BadLine(reason: "\(error)") }
    return (address.origin, try value(words[1]))
  }

  private static func value(_ text: Substring) throws(BadLine) -> String {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw BadLine(reason: "no kind before a colon") }
    switch parts[0] {
    case "bearer":
      // RFC 6750: visible ASCII alone, so that a token can neither end the field nor start another.
      guard parts[1].utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
        throw BadLine(reason: "a token of something other than visible ASCII characters")
      }
      return "Bearer \(parts[1])"
    case "basic":
      guard parts[1].contains(":") else { throw BadLine(reason: "no password behind a colon") }
      return "Basic \(Base64.encode(Array(parts[1].utf8)))"
    default:
      throw BadLine(reason: "neither bearer nor basic")
    }
  }
}
