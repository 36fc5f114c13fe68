import Hashing
import Testing

@testable import IPFSClients

@Suite("Where blocks lie in a file") struct BlockPlacesTests {
  @Test("each is found by its whole digest, be its first eight bytes another's, too")
  func prefixes() throws {
    var places = BlockPlaces()
    var keys: [Digest32] = []
    for number in 0..<1000 {
      // Ten prefixes for a thousand digests.
      var bytes = [UInt8](repeating: UInt8(number % 10), count: 32)
      bytes[30] = UInt8(number >> 8)
      bytes[31] = UInt8(number & 0xff)
      let key = try Digest32(bytes)
      keys.append(key)
      places.insert(
        try #require(BlockPlaces.Place(offset: number << 31, length: number)), for: key)
    }
    for (number, key) in keys.enumerated() {
      #expect(places[key]?.offset == number << 31)
      #expect(places[key]?.length == number)
    }
    #expect(places[.zero] != nil, "a prefix that is known leads somewhere")
    #expect(places[try Digest32([UInt8](repeating: 0xff, count: 32))] == nil)
  }

  @Test("takes the largest offset and length, and nothing beyond")
  func bounds() throws {
    let last = try #require(BlockPlaces.Place(offset: (1 << 42) - 1, length: 2 << 20))
    #expect(last.offset == (1 << 42) - 1)
    #expect(last.length == 2 << 20)
    #expect(BlockPlaces.Place(offset: 1 << 42, length: 1) == nil)
    #expect(BlockPlaces.Place(offset: 0, length: (2 << 20) + 1) == nil)
    #expect(BlockPlaces.Place(offset: -1, length: 1) == nil)
    #expect(BlockPlaces.Place(offset: 1, length: -1) == nil)
  }
}
