import ArgumentParser
import HTTP
import Networking
import Records
import Testing

@testable import IPFSClients

/// Which texts are addresses of gateways, and where those lie that a router tells of.
@Suite struct GatewayAddressTests {
  @Test(arguments: [
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
    ("https://ipfs.io/ipfs/", "https://ipfs.io"),
    ("https://Example.org:443/base/ipfs", "https://example.org/base"),
  ])
  func isReadWithAndWithoutItsPath(text: String, name: String) throws {
    #expect(try TrustlessGateway(text, HTTPClient(), in: KuboWorld.world).name == name)
  }

  @Test(arguments: [
    "", "127.0.0.1", "ftp://a", "file:///etc/passwd", "http://user:secret@a", "http://a?b=c",
    "http://a#b", "http://a/../b", "http://a/%2e%2E/b",
  ])
  func nothingElseIsTaken(text: String) {
    #expect(throws: Failure.self) {
      try TrustlessGateway(text, HTTPClient(), in: KuboWorld.world)
    }
  }

  @Test func noPasswordIsShown() throws {
    let text = "http://user:p4ss@192.0.2.1"
    let clients = try GatewayClients(try NetworkOptions.parse([]), in: KuboWorld.world)
    let attempts: [() throws -> Void] = [
      { _ = try TrustlessGateway(text, HTTPClient(), in: KuboWorld.world) },
      { _ = try DelegatedRouter(text, clients) },
      { _ = try KuboSecretOptions.Place(usual: text) },
      { try KuboSecretOptions.check(text, "--api") },
    ]
    for attempt in attempts {
      let error = #expect(throws: (any Error).self) { try attempt() }
      let words = "\(error.map(String.init(describing:)) ?? "")"
      #expect(words.contains("192.0.2.1"))
      #expect(!words.contains("p4ss"))
    }
  }

  @Test(arguments: [
    ("/ip4/192.0.2.1/tcp/8080/http", "http://192.0.2.1:8080"),
    ("/ip6/2001:db8::1/tcp/443/https", "https://[2001:db8::1]"),
    ("/dns4/example.org/tcp/443/tls/http", "https://example.org"),
    ("/dns/example.org/tcp/443/tls/sni/example.org/http", "https://example.org"),
    // What else a stranger writes is not asked for.
    ("http://192.0.2.1/base?a=b#c", "http://192.0.2.1"),
    ("HTTPS://Example.org:443/api/v0/shutdown", "https://example.org"),
  ])
  func gatewaysAreFoundInMultiaddrs(address: String, url: String) {
    let provider = ContentProvider(
      id: "x", addresses: [address], protocols: [ContentProvider.gatewayProtocol], source: "test")
    #expect(provider.gatewayURLs == [url])
  }

  @Test(arguments: [
    "/ip4/192.0.2.1/tcp/4001", "/ip4/192.0.2.1/udp/443/quic-v1", "/ip4/192.0.2.1/tcp/0/http",
    "/ip4/::1/tcp/80/http", "/unix/run/x/http", "ftp://192.0.2.1", "", "/", "http",
    "/dns4//tcp/80/http", "http://u:p@192.0.2.1", "/dns4/a@b/tcp/80/http/../..",
    "http://", "file:///etc/passwd",
  ])
  func whatIsNoneIsPassedOver(address: String) {
    let provider = ContentProvider(
      id: "x", addresses: [address], protocols: [ContentProvider.gatewayProtocol], source: "test")
    #expect(provider.gatewayURLs.isEmpty)
  }

  @Test func whoSpeaksOnlyBitswapIsNoGateway() {
    let provider = ContentProvider(
      id: "x", addresses: ["http://192.0.2.1", "/ip4/192.0.2.1/tcp/80/http"],
      protocols: ["transport-bitswap"], source: "test")
    #expect(provider.gatewayURLs.isEmpty)
  }
}
