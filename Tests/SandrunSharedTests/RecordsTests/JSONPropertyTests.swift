import Records
import Testing

/// What holds for any value: 2,000 made at random from a fixed seed.
@Suite struct JSONPropertyTests {
  /// SplitMix64, so that a failure comes again.
  struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  private static let texts = [
    "", "a", "name", "é", "\u{1F600}", "\"", "\\", "\n", "\u{1}",
    "a longer text than sixteen bytes, é included",
    "\u{2028}", "e\u{301}", "/", "\u{7f}", "12345678", "1234567\"", "123456\\8",
  ]

  static func value(_ depth: Int, _ random: inout Seeded) -> JSON {
    switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &random) {
    case 0: return nil
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: .min ... .max, using: &random))
    case 3:
      let texts = ["1e400", "0.10", "-0", "12345678901234567890123", "1E-7", "-0.0e+0"]
      return .number(JSONNumber(texts.randomElement(using: &random) ?? "0") ?? JSONNumber(0))
    case 4: return .string(text(&random))
    case 5, 6:
      return .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth + 1, &random) })
    default: return .object(object(depth, &random))
    }
  }

  static func text(_ random: inout Seeded) -> String {
    (0..<Int.random(in: 0..<4, using: &random))
      .map { _ in texts.randomElement(using: &random) ?? "" }.joined()
  }

  static func object(_ depth: Int, _ random: inout Seeded) -> JSONObject {
    var object = JSONObject()
    for _ in 0..<Int.random(in: 0..<20, using: &random) {
      object[text(&random)] = value(depth + 1, &random)
    }
    return object
  }

  @Test func readingWhatWasWrittenIsTheIdentity() throws {
    var random = Seeded(state: 1)
    for _ in 0..<2000 {
      let value = Self.value(0, &random)
      #expect(try JSON(parsing: value.bytes) == value)
    }
  }

  @Test func editsKeepNeighbours() throws {
    var random = Seeded(state: 2)
    for _ in 0..<2000 {
      var object = Self.object(1, &random)
      var text = try ObjectText(parsing: JSON.object(object).bytes)
      for _ in 0..<8 {
        let known = object.members.randomElement(using: &random)?.name
        let name = Bool.random(using: &random) ? known ?? "" : Self.text(&random)
        if Int.random(in: 0..<3, using: &random) == 0 {
          object[name] = nil
          text.remove(name)
        } else {
          let value = Self.value(2, &random)
          object[name] = value
          text.set(name, to: value.bytes)
        }
        // The text is compact to begin with, so that the two must agree to the byte.
        #expect(text.bytes == JSON.object(object).bytes)
        #expect(text.names.map { Array($0.utf8) } == object.members.map { Array($0.name.utf8) })
      }
    }
  }

  @Test func damageIsRefusedOrReadButNeverCrashes() throws {
    var random = Seeded(state: 3)
    var refused = 0
    for _ in 0..<5000 {
      var bytes = JSON.object(Self.object(0, &random)).bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = UInt8.random(in: .min ... .max, using: &random)
      }
      guard let text = try? ObjectText(parsing: bytes) else {
        refused += 1
        continue
      }
      #expect(text.bytes == bytes)
    }
    #expect((1000..<5000).contains(refused))
  }
}
