import ArgumentParser
import Commands
import Files
import Glibc
import Networking
import Records
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// Whom a secret of a Kubo node is told, and who else may know it.
@Suite struct KuboSecretTests {
  private let scratch: Scratch
  private let file: FilePath

  init() throws {
    scratch = try Scratch()
    file = scratch.path.appending("auth")
  }

  /// What each node is told: those of `words`, with a file and how it is named.
  private func told(
    _ text: String, to words: [String], flags: [String] = [],
    mode: FilePermissions = .ownerReadWrite,
    usual: String? = nil, isFlagged: Bool = true
  ) throws -> [String?] {
    try Files.writeAtomically(Array(text.utf8), to: file)
    let changed = unsafe chmod(file.string, mode.rawValue)
    #expect(changed == 0)
    var world = KuboWorld.world
    world.environment["SANDRUN_IPFS_API"] = usual
    if !isFlagged { world.environment["SANDRUN_IPFS_API_AUTH_FILE"] = file.string }
    let options = try KuboOptions.parse((isFlagged ? ["--api-auth", file.string] : []) + flags)
    let nodes = try options.nodes(words, in: world, try NetworkOptions.parse([]))
    return nodes.map { $0.credential?.value.text }
  }

  @Test func aLineWithAnAddressIsForThatNode() throws {
    let text = """
      # of two nodes
      https://one:5001 basic:user:pass:word
      /ip4/127.0.0.1/tcp/5001 bearer:abc

      """
    for isFlagged in [true, false] {
      let words = [
        "https://one:5001/x", "http://127.0.0.1:5001", "https://127.0.0.1:5001", "https://one:5002",
      ]
      let all = try told(text, to: words, isFlagged: isFlagged)
      #expect(all == ["Basic dXNlcjpwYXNzOndvcmQ=", "Bearer abc", nil, nil])
    }
  }

  @Test func oneWithoutAnAddressIsForOneNode() throws {
    #expect(try told("bearer:a\r\n", to: ["https://one"]) == ["Bearer a"])
    // The one that is left, where the others have their own.
    let own = "https://one bearer:b\nbearer:a\n"
    #expect(try told(own, to: ["https://one", "https://two"]) == ["Bearer b", "Bearer a"])
    let failure = #expect(throws: Failure.self) {
      try told("bearer:zecret", to: ["https://one", "https://two"])
    }
    #expect(failure?.status == .configuration && failure?.code == "whose-secret")
    #expect(failure?.message.contains("zecret") == false)
  }

  @Test func theConfigurationsIsForTheConfigurationsNode() throws {
    let usual = "https://usual:5001"
    let words = ["https://one", "api", "https://two"]
    #expect(
      try told("bearer:a", to: words, usual: usual, isFlagged: false) == [nil, "Bearer a", nil])
    #expect(
      try told("bearer:a", to: ["https://usual:5001/api/v0"], usual: usual, isFlagged: false)
        == ["Bearer a"])
    #expect(try told("bearer:a", to: ["api"], usual: usual) == ["Bearer a"])
  }

  @Test(arguments: ["http://127.0.0.1:1", "http://localhost:1", "/ip6/::1/tcp/1", "https://far"])
  func whatPassesNobodyIsSent(address: String) throws {
    #expect(try told("bearer:a", to: [address]) == ["Bearer a"])
  }

  @Test(arguments: ["http://far:5001", "http://10.0.0.1", "http://127.0.0.1.far", "/dns/a/tcp/1"])
  func nothingIsSentInTheClear(address: String) throws {
    for line in ["bearer:zecret", "\(address) bearer:zecret"] {
      let failure = #expect(throws: Failure.self) { try told(line, to: [address]) }
      #expect(failure?.status == .configuration && failure?.code == "insecure")
      #expect(failure?.message.contains("zecret") == false)
      #expect(
        try told(line, to: [address], flags: ["--api-auth-http"]) == ["Bearer zecret"])
    }
    // Without a secret there is nothing to be seen.
    #expect(try told("https://else bearer:a", to: [address]) == [nil])
  }

  @Test func aFileThatOthersMayReadIsRefused() throws {
    for mode in [FilePermissions.groupRead, .otherRead, .groupWrite, .otherExecute] {
      let failure = #expect(throws: Failure.self) {
        try told("bearer:zecret", to: ["https://one"], mode: [.ownerReadWrite, mode])
      }
      #expect(failure?.status == .permission && failure?.code == "exposed-secret")
    }
  }

  @Test(arguments: [
    "", "# nothing\n", "zecret\n", "bearer:\n", "bearer:zecret b\n", "basic:user\n",
    "https://x?y bearer:a\n", "bearer:a\nbearer:b\n", "https://x bearer:a\nhttps://x:443 bearer:b",
    "bearer:zecret\u{7f}", "bearer:\(String(repeating: "a", count: 1 << 16))",
  ])
  func whatIsNoSecretIsNeverShown(text: String) throws {
    let failure = #expect(throws: Failure.self) { try told(text, to: ["https://one"]) }
    #expect(failure?.status == .configuration)
    #expect(failure?.message.contains("zecret") == false)
  }
}
