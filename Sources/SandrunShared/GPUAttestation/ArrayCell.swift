/// Sixty-four bytes of the array: sixteen words, little-endian in memory.
public struct ArrayCell: Equatable, Sendable {
  /// How long it is in bytes.
  public static let length = 64

  /// What a cell that does not exist counts as.
  public static let zero = ArrayCell(InlineArray(repeating: 0))

  private(set) var words: InlineArray<16, UInt32>

  init(_ words: InlineArray<16, UInt32>) { self.words = words }

  /// Takes 64 bytes from a place in a longer array on.
  init(_ bytes: [UInt8], at start: Int) {
    words = InlineArray { word in
      let place = start + 4 * word
      return UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
        | UInt32(bytes[place + 3]) << 24
    }
  }

  /// Takes exactly 64 bytes; nil where there are more or less.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.length else { return nil }
    self.init(bytes, at: 0)
  }

  /// The 64 bytes.
  public var bytes: [UInt8] {
    [UInt8](capacity: Self.length) { bytes in
      for word in words.indices {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: words[word] &>> shift))
        }
      }
    }
  }

  /// The block function of ChaCha20 (RFC 8439, section 2.3) over any state: twenty rounds, then the state added to what came out.
  ///
  /// Nobody can go back from what comes out to the state, as with Salsa20/8 in scrypt (RFC 7914).
  func chaCha20() -> ArrayCell {
    var state = words
    for _ in 0..<10 {
      for column in 0..<4 {
        Self.quarterRound(&state, column, column + 4, column + 8, column + 12)
      }
      for column in 0..<4 {
        Self.quarterRound(
          &state, column, (column + 1) % 4 + 4, (column + 2) % 4 + 8, (column + 3) % 4 + 12)
      }
    }
    for word in state.indices { state[word] &+= words[word] }
    return ArrayCell(state)
  }

  private static func quarterRound(
    _ state: inout InlineArray<16, UInt32>, _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) {
    var (p, q, r, s) = (state[a], state[b], state[c], state[d])
    p = p &+ q
    s = turned(s ^ p, 16)
    r = r &+ s
    q = turned(q ^ r, 12)
    p = p &+ q
    s = turned(s ^ p, 8)
    r = r &+ s
    q = turned(q ^ r, 7)
    (state[a], state[b], state[c], state[d]) = (p, q, r, s)
  }

  private static func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word &<< bits | word &>> (32 - bits)
  }

  /// What is written at a place: the block function over what the cells before it, the key and the place make together.
  ///
  /// A cell that does not exist is zero. One parent is added and not mixed in by exclusive or, so that two of the same do not vanish.
  static func next(
    at place: ArrayPlace, key: ArrayKey, previous: ArrayCell, parents: (ArrayCell, ArrayCell),
    old: ArrayCell
  ) -> ArrayCell {
    var state: InlineArray<16, UInt32> = InlineArray { word in
      ((previous.words[word] ^ parents.0.words[word]) &+ parents.1.words[word]) ^ old.words[word]
    }
    for word in 0..<8 { state[word] ^= key.words[word] }
    state[8] ^= UInt32(truncatingIfNeeded: place.index)
    state[9] ^= UInt32(truncatingIfNeeded: place.pass)
    return ArrayCell(state).chaCha20()
  }

  /// Whether all words are the same.
  public static func == (one: ArrayCell, other: ArrayCell) -> Bool {
    for word in one.words.indices where one.words[word] != other.words[word] { return false }
    return true
  }
}
