import HTTP
import Testing

@testable import IPFSClients

/// Where a node is, and what it is told of us.
@Suite struct KuboAddressTests {
  @Test(arguments: [
    ("http://127.0.0.1:5001", "http://127.0.0.1:5001"),
    ("http://127.0.0.1:5001/", "http://127.0.0.1:5001"),
    ("http://127.0.0.1:5001/api/v0", "http://127.0.0.1:5001"),
    ("https://Example.org/kubo/api/v0/", "https://example.org/kubo"),
    ("/ip4/127.0.0.1/tcp/5001", "http://127.0.0.1:5001"),
    ("/ip4/127.0.0.1/tcp/5001/http", "http://127.0.0.1:5001"),
    ("/ip6/::1/tcp/5001", "http://[::1]:5001"),
    ("/dns4/example.org/tcp/443/https", "https://example.org"),
    ("/dns/example.org/tcp/8443/tls/http/", "https://example.org:8443"),
  ])
  func isReadFromURLsAndMultiaddrs(text: String, url: String) throws {
    #expect(try KuboAddress(text).description == url)
  }

  @Test func commandsAreBelowIt() throws {
    let address = try KuboAddress("https://example.org/kubo")
    #expect(
      address.url("block/get", [(name: "arg", value: "a/b&c")]).description
        == "https://example.org/kubo/api/v0/block/get?arg=a%2Fb%26c")
  }

  @Test(arguments: [
    "", "127.0.0.1:5001", "ftp://a", "http://user:secret@a", "http://a?b=c", "http://a/../b",
    "http://a/%2e%2E/b", "/ip4/127.0.0.1", "/ip4/127.0.0.1/udp/5001", "/ip4/127.0.0.1/tcp/0",
    "/ip4/127.0.0.1/tcp/65536", "/ip4/::1/tcp/1", "/ip6/a/tcp/1", "/unix/run/kubo.sock",
    "/ip4/1.2.3.4/tcp/1/ws", "/dns4/a b/tcp/1", "/ip4/a/tcp/1/p2p/x",
  ])
  func nothingElseIsTaken(text: String) {
    #expect(throws: KuboAddress.Refusal.self) { try KuboAddress(text) }
  }

  @Test(arguments: [
    ("http://127.0.0.1:5001", true), ("http://127.0.0.1:5001/", true),
    ("/ip4/1.2.3.4/tcp/80", true),
    ("https://example.org/kubo/api/v0", true), ("https://example.org:5001", true),
    ("http://127.0.0.1:8080", false), ("http://127.0.0.1:5001/ipfs", false),
    ("https://example.org/api", false), ("/srv/tcp/5001/a.car", false), ("/ip4/a.car", false),
    ("5001.car", false), ("api", false),
  ])
  func isToldFromGatewaysAndFiles(text: String, isNode: Bool) {
    #expect(KuboAddress.isNode(text) == isNode)
  }
}
