import Records
import Testing
import WideInteger

/// Sizes, durations, amounts and times: what goes in, what comes out, what is refused.
@Suite struct UnitTests {
  @Test(arguments: [
    ("0", 0), ("1048576", 1_048_576), ("2GB", 2_000_000_000), ("512MiB", 536_870_912),
    ("1.5kB", 1500),
    ("1.5KiB", 1536), ("17B", 17), ("0.5GiB", 536_870_912), ("9223372036854775807", Int.max),
    ("1.50MB", 1_500_000),
  ])
  func sizes(text: String, bytes: Int) throws { #expect(try ByteSize.parse(text) == bytes) }

  @Test(arguments: [
    "", "-1", "+1", "1.B", ".5GB", "0.3B", "1e3", "2gb", "2 GB", "GB", "9223372036854775808",
    "9223372036854775807KB", "1,5GB", "0x10", "NaN", "Infinity", "1.0000000000000000000000000B",
    "٣",
  ])
  func sizesRefused(text: String) {
    #expect(throws: UnitError.self) { try ByteSize.parse(text) }
  }

  @Test(arguments: [
    ("0", "0"), ("90", "90"), ("1.5", "1.5"), ("1.5s", "1.5"), ("500ms", "0.5"), ("10m", "600"),
    ("1h30m", "5400"), ("2d", "172800"), ("1d1h1m1s1ms", "90061.001"), ("0.5h", "1800"),
  ])
  func durations(text: String, seconds: String) throws {
    #expect(try JSONNumber(Seconds.parse(text)).description == seconds)
  }

  @Test(arguments: [
    "", "-1", "m", "1m1h", "1m1m", "10 m", "1.5.5", "1h30", "0.0001s", "1w", "99999999999999999d",
    "1e3",
  ])
  func durationsRefused(text: String) {
    #expect(throws: UnitError.self) { try Seconds.parse(text) }
  }

  @Test(arguments: [
    ("0", "0"), ("100", "100"), ("100wei", "100"), ("5gwei", "5000000000"),
    ("0.1ETH", "100000000000000000"), ("1eth", "1000000000000000000"),
    ("0.000000000000000001ether", "1"), ("1.10ETH", "1100000000000000000"), ("007", "7"),
    (
      "115792089237316195423570985008687907853269984665640564039457584007913129639935",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935"
    ),
  ])
  func amounts(text: String, wei: String) throws {
    #expect(try Amount.parse(text).description == wei)
  }

  @Test(arguments: [
    "", "-1", "0.1", "0.1wei", "0.0000000000000000001ETH", "1e18", "ETH", "1 ETH", "NaN", "1BTC",
    "115792089237316195423570985008687907853269984665640564039457584007913129639936",
    "115792089237316195423570985008687907853269984665640564039457.6ETH",
  ])
  func amountsRefused(text: String) {
    #expect(throws: UnitError.self) { try Amount.parse(text) }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, 0), ("2026-11-21T11:16:00Z", 1_795_259_760, 0),
    ("2000-02-29T23:59:59.5Z", 951_868_799, 500_000_000), ("1969-12-31T23:59:59Z", -1, 0),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
    ("9999-12-31T23:59:59.000000001Z", 253_402_300_799, 1),
  ])
  func times(text: String, seconds: Int, nanoseconds: Int) throws {
    let time = try Timestamp(text)
    #expect(time == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
    #expect(try Timestamp(time.description) == time)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T11:16:00", "2026-11-21T11:16:00+00:00", "2026-13-01T00:00:00Z",
    "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T11:60:00Z",
    "2026-11-21t11:16:00z", "2026-11-21T11:16:00.Z", "2026-11-21T11:16:00.1234567890Z",
    "26-11-21T11:16:00Z",
  ])
  func timesRefused(text: String) {
    #expect(throws: UnitError.self) { try Timestamp(text) }
  }

  @Test func sizesAndAmountsForPeople() {
    #expect(ByteSize.shown(17) == "17 B")
    #expect(ByteSize.shown(1536) == "1.5 KiB")
    #expect(ByteSize.shown(5 << 30) == "5.0 GiB")
    #expect(Amount.shown(UInt256(1)) == "0.000000000000000001 ETH")
    #expect(Amount.shown(UInt256(0)) == "0 ETH")
  }
}
