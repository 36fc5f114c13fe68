@testable import HTTP
import HTTPTypes
import TestSupport
import Testing

/// How far into the networks around this machine a call may lead.
@Suite struct ReachTests {
  @Test(arguments: [
    ("127.0.0.1", HTTPReach.machine), ("127.255.255.254", .machine), ("0.0.0.0", .machine),
    ("[::1]", .machine), ("::", .machine), ("::ffff:127.0.0.1", .machine),
    ("64:ff9b::7f00:1", .machine), ("2002:7f00:1::", .machine),
    ("0.1.2.3", .network), ("10.0.0.1", .network), ("100.64.0.1", .network),
    ("100.127.255.255", .network), ("169.254.169.254", .network), ("172.16.0.1", .network),
    ("172.31.255.255", .network), ("192.0.0.1", .network), ("192.0.2.1", .network),
    ("192.168.0.1", .network), ("198.18.0.1", .network), ("198.51.100.1", .network),
    ("203.0.113.9", .network), ("224.0.0.1", .network), ("255.255.255.255", .network),
    ("240.0.0.1", .network), ("[fe80::1%eth0]", .network), ("fc00::1", .network),
    ("fdff::1", .network), ("fec0::1", .network), ("ff02::1", .network), ("2001::1", .network),
    ("2001:db8::1", .network), ("3fff::1", .network), ("::ffff:10.0.0.1", .network),
    ("::10.0.0.1", .network), ("64:ff9b:1::1", .network), ("2002:a00:1::", .network),
    ("100::1", .network), ("4000::1", .network),
    ("1.1.1.1", .world), ("9.255.255.255", .world), ("11.0.0.0", .world),
    ("100.63.255.255", .world), ("100.128.0.0", .world), ("172.15.255.255", .world),
    ("172.32.0.0", .world), ("192.167.255.255", .world), ("198.20.0.0", .world),
    ("223.255.255.255", .world), ("2606:4700::1111", .world), ("[2001:200::1]", .world),
    ("::ffff:1.1.1.1", .world), ("64:ff9b::101:101", .world), ("2002:101:101::", .world),
  ])
  func anAddressLiesWhereItsRegistrySays(text: String, place: HTTPReach) {
    #expect(HTTPReach(address: text) == place)
  }

  @Test func whatIsThisMachinesOwnIsInNoWorld() {
    #expect(OwnAddresses.now().contains([127, 0, 0, 1]))
    let own: Set<[UInt8]> = [
      [1, 1, 1, 1], [10, 0, 0, 1], [0x26, 6] + [UInt8](repeating: 0, count: 13) + [1],
    ]
    for text in ["1.1.1.1", "::ffff:1.1.1.1", "64:ff9b::101:101", "10.0.0.1", "[2606::1]"] {
      #expect(HTTPReach(address: text, own: { own }) == .machine, "\(text)")
    }
    #expect(HTTPReach(address: "1.1.1.2", own: { own }) == .world)
    #expect(HTTPReach(address: "2606::2", own: { own }) == .world)
    #expect(HTTPReach(address: "10.0.0.2", own: { own }) == .network)
  }

  @Test(arguments: ["localhost", "example.org", "", "1.2.3", "[::1", "0x7f.1"])
  func aNameIsNone(text: String) {
    #expect(text == "[::1" || HTTPReach(address: text) == nil)
  }

  private func reason(
    _ host: String, _ path: String = "/hello", on client: HTTPClient, _ call: HTTPCall
  ) async throws -> HTTPError.Cause? {
    let url = try HTTPURL("http://\(host):\(TestServer.shared.get().port)\(path)")
    do throws(HTTPError) {
      _ = try await client.send(url.request(), body: .none, call).checked()
      return nil
    } catch {
      #expect(error.category == .refused)
      return error.cause
    }
  }

  /// By number, by the numbers that only libcurl reads, and by names that have such an address.
  @Test(arguments: ["127.0.0.1", "0x7f.1", "2130706433", "localhost", "[::ffff:127.0.0.1]"])
  func whatLiesTooFarInIsNotAsked(host: String) async throws {
    let client = HTTPClient()
    var call = HTTPCall()
    for reach in [HTTPReach.world, .network] {
      call.reach = reach
      guard case .outOfReach(.machine) = try await reason(host, on: client, call) else {
        Issue.record("\(host) was asked")
        return
      }
    }
  }

  @Test func noOldConnectionLeadsThere() async throws {
    let client = HTTPClient()
    #expect(try await reason("localhost", on: client, HTTPCall()) == nil)
    var call = HTTPCall()
    call.reach = .world
    guard case .outOfReach(.machine) = try await reason("localhost", on: client, call) else {
      Issue.record("it was asked over the connection that was there")
      return
    }
    #expect(try await reason("localhost", on: client, HTTPCall()) == nil)
  }

  @Test func aRedirectLeadsNoFurtherInThanItsOrigin() async throws {
    let client = HTTPClient()
    var call = HTTPCall()
    call.redirectReach = nil
    // From this machine to this machine.
    #expect(try await reason("127.0.0.1", "/redirect/2/302", on: client, call) == nil)
    call.redirectReach = .world
    guard
      case .outOfReach(.machine) = try await reason(
        "127.0.0.1", "/redirect/2/302", on: client, call)
    else {
      Issue.record("the redirect was followed")
      return
    }
  }
}
