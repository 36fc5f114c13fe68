internal import Hashing
internal import Records
internal import SystemPackage

/// What one Kubo node is told of who we are; nothing prints it.
public struct KuboCredential: Sendable {
  /// The value of the field `Authorization`.
  let value: Secret

  /// Reads `bearer:TOKEN` or `basic:USER:PASSWORD`, as Kubo's `API.Authorizations` has it as `AuthSecret`.
  fileprivate init(_ text: ArraySlice<UInt8>) throws(KuboSecrets.BadLine) {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon + 1 < text.endIndex else {
      throw .init(reason: "no kind before a colon")
    }
    let rest = text[(colon + 1)...]
    var field: [UInt8]
    switch String(decoding: text[..<colon], as: UTF8.self) {
    case "bearer":
      // RFC 6750: visible ASCII alone, so that a token can neither end the field nor start another.
      guard rest.allSatisfy({ (0x21...0x7e).contains($0) }) else {
        throw .init(reason: "a token of something other than visible ASCII characters")
      }
      field = Array("Bearer ".utf8) + rest
    case "basic":
      guard rest.contains(UInt8(ascii: ":")) else {
        throw .init(reason: "no password behind a colon")
      }
      field = Array("Basic \(Base64.encode(Array(rest)))".utf8)
    default:
      throw .init(reason: "neither bearer nor basic")
    }
    value = Secret(&field)
  }
}

/// Credentials for Kubo nodes, from a file of lines.
///
/// A line with an address and a space before the credential is for the node there alone; one without is for one node, whichever the
/// user means. Empty lines and lines that begin with `#` say nothing.
struct KuboSecrets: Sendable {
  /// Why a line is none; what is in it is not told.
  struct BadLine: Error {
    let reason: String
  }

  /// By scheme, host and port.
  private var own: [String: KuboCredential] = [:]
  /// The one without an address.
  private(set) var bare: KuboCredential?

  /// None.
  init() {}

  /// Reads a file or a pipe; throws 78 for a line that is none, which is not shown, and 77 where others may read the file.
  init(file: FilePath) throws(Failure) {
    let name = Secret.Name(noun: "secret", whose: "of Kubo nodes")
    var bytes = try Secret.read(file, limit: 64 << 10, as: name)
    defer { Secret.wipe(&bytes) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      do throws(BadLine) { try take(line) } catch {
        throw Failure(
          .configuration, "line \(index + 1) of \(file) is no secret of a node: \(error.reason)",
          hint:
            "bearer:TOKEN or basic:USER:PASSWORD, with a node's address and a space before it where it is for that one alone"
        )
      }
    }
    guard bare != nil || !own.isEmpty else {
      throw Failure(.configuration, "\(file) holds no secret", code: "no-secret")
    }
  }

  /// What was given for a node by its address.
  func credential(for address: KuboAddress) -> KuboCredential? { own[address.origin] }

  private mutating func take(_ line: ArraySlice<UInt8>) throws(BadLine) {
    let head = line.prefix { $0 != UInt8(ascii: " ") }
    guard head.endIndex < line.endIndex, head.contains(UInt8(ascii: "/")) else {
      guard bare == nil else { throw BadLine(reason: "a second one without an address") }
      bare = try KuboCredential(line)
      return
    }
    let address: KuboAddress
    do { address = try KuboAddress(String(decoding: head, as: UTF8.self)) } catch {
      throw BadLine(reason: "\(error)")
    }
    guard own[address.origin] == nil else { throw BadLine(reason: "a second one for \(address)") }
    own[address.origin] = try KuboCredential(line[(head.endIndex + 1)...])
  }
}
