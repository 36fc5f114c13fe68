import Files
import IPFS
import IPFSClients
import Records
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Where tokens come from, and what is no token.
@Suite struct PinningTokenTests {
  private let scratch: Scratch
  private let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("token")
  }

  /// What a service answers who is shown a token from here.
  private func answer(_ source: PinningToken.Source) async throws -> Failure? {
    try await PinningBench.run { bench in
      do throws(Failure) {
        _ = try await bench.client("a", source: source).add(PinRequest(cid("x")))
        return nil
      } catch {
        return error
      }
    }
  }

  private func write(_ text: String, mode: FilePermissions = .ownerReadWrite) throws {
    try Files.writeAtomically(Array(text.utf8), to: path, mode: mode)
  }

  @Test(arguments: ["good-token", "good-token\n", "good-token\r\n", "good-token\nand more\n"])
  func theFirstLine(_ text: String) async throws {
    try write(text)
    #expect(try await answer(.file(path.string)) == nil)
    #expect(try await answer(.command("cat '\(path)'")) == nil)
  }

  @Test(arguments: ["", "\n", "good token", "good-tokén", "good-token\u{0}", "\tgood-token"])
  func noToken(_ text: String) async throws {
    try write(text)
    let failure = try #require(try await answer(.file(path.string)))
    #expect(failure.status == .configuration)
    #expect(failure.code == "bad-token")
    #expect(!"\(failure)\(failure.hint ?? "")".contains("good"))
  }

  @Test func othersMayNotReadIt() async throws {
    try write("good-token", mode: [.ownerReadWrite, .groupRead])
    let failure = try #require(try await answer(.file(path.string)))
    #expect(failure.status == .permission)
    #expect(failure.message.contains("\(path), the token of service: its mode is 0640"))
  }

  @Test func isNotThere() async throws {
    let failure = try #require(try await answer(.file(path.string)))
    #expect(failure.status == .configuration)
    #expect(failure.message.contains("\(path)"))
  }

  @Test func comesFromADescriptor() async throws {
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    let token = Array("good-token\n".utf8)
    try FileDescriptor(rawValue: ends[1]).closeAfter {
      _ = try FileDescriptor(rawValue: ends[1]).writeAll(token)
    }
    #expect(try await answer(.file("/dev/fd/\(ends[0])")) == nil)
    close(ends[0])
  }

  @Test(arguments: [
    ("exit 3", Failure.Status.permission), ("yes good-token", .configuration),
    ("printf 'a b'", .configuration),
  ])
  func aCommandThatFails(_ command: String, _ status: Failure.Status) async throws {
    let failure = try #require(try await answer(.command(command)))
    #expect(failure.status == status)
    #expect(!failure.message.contains(command))
  }

  /// It is asked once, and has nothing to read of what a verb reads.
  @Test func aCommandIsRunOnce() async throws {
    try write("")
    let source = PinningToken.Source.command(
      "cat >>'\(path)'; echo run >>'\(path)'; echo good-token")
    try await PinningBench.run { bench in
      let client = try bench.client("a", source: source)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for text in ["x", "y", "z"] {
          group.addTask { _ = try await client.add(PinRequest(cid(text))) }
        }
        try await group.waitForAll()
      }
    }
    #expect(try Files.read(path) == Array("run\n".utf8))
  }
}
