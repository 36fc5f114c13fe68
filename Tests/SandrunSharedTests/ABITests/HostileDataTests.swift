import ABI
import Hashing
import Testing
import WideInteger

/// Data that claim more than they hold, and types that take no bytes.
@Suite("hostile ABI data") struct HostileDataTests {
  private func words(_ values: UInt256...) -> [UInt8] { values.flatMap(\.bytes) }

  private func refused(_ data: [UInt8], as type: String) throws -> ABIError? {
    let type = try ABIType(parsing: type)
    return #expect(throws: ABIError.self) { try ABI.decode(data, as: [type]) }
  }

  @Test("claims of length make nothing")
  func lengths() throws {
    for claim: UInt256 in [33, 1 << 32, 1 << 58, 1 << 63, 1 << 64, 1 << 255, .max] {
      for type in ["uint8[]", "bytes", "string", "string[]", "uint8[2][][]", "(uint8,string)[]"] {
        _ = try refused(words(32, claim, 0), as: type)
      }
    }
    #expect(try refused(words(32, 2, 0), as: "uint8[]")?.reason == .badLength(offset: 32))
  }

  @Test("arrays of nothing are bounded")
  func emptyElements() throws {
    let type = try ABIType(parsing: "()[]")
    let values = try ABI.decode(words(32, 1000), as: [type])
    #expect(values == [.array(Array(repeating: .tuple([]), count: 1000))])
    #expect(try ABI.encode(values, as: [type]) == words(32, 1000))
    for type in ["()[]", "uint8[0][]", "(()[1000])[]", "((),(),())[]"] {
      _ = try refused(words(32, 1 << 40), as: type)
      _ = try refused(words(32, 65_537), as: type)
    }
    let many = String(repeating: "[1000]", count: 20)
    _ = try refused([], as: "()\(many)")
    // Few bytes a value, and a crowd of empty ones beside each.
    let crowd = "(uint8\(String(repeating: ",()", count: 1000)))[]"
    let data = words(32, 100) + [UInt8](repeating: 0, count: 3200)
    // The 66th element has no empty values left.
    #expect(try refused(data, as: crowd)?.reason == .badLength(offset: 64 + 66 * 32))
  }

  @Test("types of astronomic size need astronomic data")
  func hugeTypes() throws {
    let huge = "uint8" + String(repeating: "[4294967295]", count: 30)
    #expect(throws: ABIError.self) { try ABI.decode([], as: [try ABIType(parsing: huge)]) }
    _ = try refused(words(32, 1), as: "\(huge)[]")
    _ = try refused(words(32, 0), as: "string[4294967295]")
  }

  @Test("offsets lead to the next value and nowhere else")
  func offsets() throws {
    // Both strings would be read from one place.
    let shared = words(64, 64, 1, UInt256(0x61) << 248)
    let types = [ABIType.string, .string]
    let error = #expect(throws: ABIError.self) { try ABI.decode(shared, as: types) }
    #expect(error?.reason == .badOffset(offset: 32))
    // A gap in front of the tail, and a tail inside the head.
    _ = try refused(words(64, 0, 0), as: "bytes")
    _ = try refused(words(0), as: "bytes")
    // Forty levels that each lead to one place twice would be 2⁴⁰ values.
    var type = "uint8"
    for _ in 0..<40 { type = "(\(type)[],\(type)[])"; if type.utf8.count > 20_000 { break } }
    _ = try refused([UInt8](repeating: 0, count: 4096), as: type)
  }

  @Test("words have their zeros")
  func padding() throws {
    for (type, bits) in [("uint8", 8), ("address", 160), ("bool", 1), ("uint248", 248)] {
      let error = try refused((UInt256(1) << bits).bytes, as: type)
      #expect(error?.reason == .badWord(type: type, offset: 0))
    }
    for (type, bits) in [("bytes1", 247), ("bytes31", 7), ("function", 63)] {
      let error = try refused((UInt256(1) << bits).bytes, as: type)
      #expect(error?.reason == .badWord(type: type, offset: 0))
    }
    _ = try refused(words(32, 1) + [1] + [UInt8](repeating: 1, count: 31), as: "bytes")
  }

  @Test("values that do not fit their types are not encoded")
  func misfits() {
    let misfits: [(ABIValue, ABIType)] = [
      (.uint(256), .uint(8)), (.int(128), .int(8)), (.int(-129), .int(8)), (.uint(1), .int(8)),
      (.bytes([1]), .fixedBytes(2)), (.bytes([1]), .function), (.string("a"), .bytes),
      (.array([]), .fixedArray(.bool, 1)), (.array([.bool(true)]), .array(.string)),
      (.tuple([]), .tuple([ABIParameter("a", .bool)])), (.array([.bool(true)]), .tuple([])),
    ]
    for (value, type) in misfits {
      #expect(throws: ABIError.self) { try ABI.encode([value], as: [type]) }
      #expect(throws: ABIError.self) { try ABI.encodePacked([value], as: [type]) }
      #expect(throws: ABIError.self) { try ABI.topicHash(value, as: type) }
    }
    #expect(throws: ABIError.self) { try ABI.encode([], as: [.bool]) }
    #expect(throws: ABIError.self) { try ABI.encodePacked([.tuple([])], as: [.tuple([])]) }
  }

  @Test("much data take time in proportion")
  func large() throws {
    let type = try ABIType(parsing: "(uint256,string)[]")
    let element = ABIValue.tuple([.uint(7), .string("some text")])
    let value = ABIValue.array(Array(repeating: element, count: 20_000))
    let data = try ABI.encode([value], as: [type])
    #expect(data.count == 64 + 20_000 * 160)
    #expect(try ABI.decode(data, as: [type]) == [value])
  }
}
