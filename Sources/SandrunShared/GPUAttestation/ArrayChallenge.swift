public import Hashing

/// The eight words that a pass mixes into each of its cells.
struct ArrayKey: Equatable, Sendable {
  let bytes: [UInt8]
  let words: InlineArray<8, UInt32>

  init(_ digest: Digest32) {
    let bytes = digest.bytes
    self.bytes = bytes
    words = InlineArray { word in
      (0..<4).reduce(0) { $0 | UInt32(bytes[4 * word + $1]) << UInt32(8 * $1) }
    }
  }

  static func == (one: ArrayKey, other: ArrayKey) -> Bool { one.bytes == other.bytes }
}

/// What is to be computed: the verifier's seed, for one GPU of one node, in an array of one shape.
///
/// All of it goes into the key of each pass, so that no work serves two seeds, two nodes or two GPUs; and the first pass's root into the
/// second's, so that the first is settled before the second begins.
public struct ArrayChallenge: Sendable {
  /// How often the draw is hashed over.
  ///
  /// Nobody but the prover himself draws: a root that draws badly for him he may change, by a cell and its path, and draw again. This makes
  /// each such attempt cost as much as the tree's path some thousand times over.
  static let drawRounds = 1 << 16

  private static let keyLabel = Array("sandrun gpu attestation 1 key\n".utf8)
  private static let drawLabel = Array("sandrun gpu attestation 1 draw\n".utf8)

  /// The verifier's 32 bytes.
  public let seed: Digest32
  /// Who computes, and on what: see `identity`.
  public let identity: Digest32
  /// How large the array is.
  public let shape: ArrayShape

  /// Makes it from its parts.
  public init(seed: Digest32, identity: Digest32, shape: ArrayShape) {
    self.seed = seed
    self.identity = identity
    self.shape = shape
  }

  private var prefix: [UInt8] {
    [shape.lanes, shape.rows, shape.openings].reduce(into: seed.bytes) { bytes, number in
      bytes += Self.word(number)
    } + identity.bytes
  }

  private static func word(_ number: Int) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// The key of a pass; the second's needs the first's root.
  func key(afterRoot root: Digest32? = nil) -> ArrayKey {
    ArrayKey(SHA256.hash(Self.keyLabel + prefix + (root?.bytes ?? [])))
  }

  /// Which cells are opened, of both passes alike: by Fiat and Shamir's way from all that was settled before, each once.
  func draw(_ roots: ArrayRoots) -> [ArrayPlace] {
    var digest = SHA256.hash(Self.drawLabel + prefix + roots.first.bytes + roots.second.bytes)
    for _ in 0..<Self.drawRounds { digest = SHA256.hash(digest.bytes) }
    let bound = UInt64(2 * shape.cells)
    var places: [ArrayPlace] = []
    var seen: Set<ArrayPlace> = []
    var counter = 0
    while places.count < shape.openings {
      let words = SHA256.hash(digest.bytes + Self.word(counter)).words
      counter += 1
      for word in [words.0, words.1, words.2, words.3] where places.count < shape.openings {
        let number = Int(word.bigEndian.multipliedFullWidth(by: bound).high)
        let place = ArrayPlace(pass: 1 + number / shape.cells, index: number % shape.cells)
        if seen.insert(place).inserted { places.append(place) }
      }
    }
    return places
  }
}

/// The roots of the two passes' trees.
public struct ArrayRoots: Equatable, Sendable {
  /// After the first pass.
  public var first: Digest32
  /// After the second.
  public var second: Digest32

  /// Makes it from its parts.
  public init(first: Digest32, second: Digest32) {
    self.first = first
    self.second = second
  }
}
