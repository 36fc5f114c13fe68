import IPFSClients
import Testing

/// Times of services: any fraction, any offset, compared by the moment.
@Suite struct PinTimeTests {
  @Test(arguments: [
    ("2020-07-27T17:32:28Z", "2020-07-27T17:32:28.000Z"),
    ("2020-07-27T17:32:28Z", "2020-07-27T23:02:28+05:30"),
    ("2020-07-27T00:32:28Z", "2020-07-26T20:32:28.0-04:00"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("2020-07-27T17:32:28z", "2020-07-27 17:32:28Z"),
  ])
  func theSameMoment(_ left: String, _ right: String) throws {
    let (left, right) = (try #require(PinTime(left)), try #require(PinTime(right)))
    #expect(left == right)
    #expect(!(left < right) && !(right < left))
  }

  @Test(arguments: [
    ("2020-07-27T17:32:28Z", "2020-07-27T17:32:28.000000000001Z"),
    ("2020-07-27T17:32:28.0999Z", "2020-07-27T17:32:28.1Z"),
    ("2020-07-27T17:32:28.12Z", "2020-07-27T17:32:28.123Z"),
    ("2020-07-27T17:32:28.9Z", "2020-07-27T17:32:29Z"),
    ("2020-07-27T17:32:28+01:00", "2020-07-27T17:32:28Z"),
    ("1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z"),
  ])
  func earlierAndLater(_ left: String, _ right: String) throws {
    let (left, right) = (try #require(PinTime(left)), try #require(PinTime(right)))
    #expect(left < right)
    #expect(left != right)
    #expect(!(right < left))
  }

  @Test(arguments: [
    "", "2020-07-27", "2020-07-27T17:32:28", "2020-07-27T17:32:28.Z", "2020-07-27T17:32:28,5Z",
    "2020-13-27T17:32:28Z", "2020-02-30T17:32:28Z", "2020-07-27T24:00:00Z", "2020-07-27T17:32:61Z",
    "2020-07-27T17:32:28+0530", "2020-07-27T17:32:28+24:00", "2020-07-27T17:32:28+5:030",
    "２020-07-27T17:32:28Z", "2020-07-27T17:32:28Z ", "20200727T173228Z00000",
  ])
  func noTime(_ text: String) { #expect(PinTime(text) == nil) }

  @Test func keepsItsText() throws {
    let text = "2020-07-27T17:32:28.10000+00:00"
    #expect(try #require(PinTime(text)).description == text)
  }
}
