public import Computing
internal import Hashing

/// Why there is no evidence.
public enum ProvingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The device failed, or has not what it takes.
  case device(ComputeError)
  /// The device computed something else than it should.
  case wrongResult(String)
  /// Somebody asked to stop.
  case stopped

  /// What a person reads.
  public var description: String {
    switch self {
    case .device(let error): error.description
    case .wrongResult(let reason): "the result is wrong: \(reason)"
    case .stopped: "interrupted"
    }
  }
}

/// An array that can be filled and read, wherever it lies.
protocol FilledArray: AnyObject {
  /// Fills it from the first slice to the last.
  func fill(pass: Int, key: ArrayKey) throws(ProvingError)
  /// The digest of each block, which is the root of the tree over its cells.
  func blockDigests() throws(ProvingError) -> [Digest32]
  /// The cells of a block.
  func block(_ index: Int) throws(ProvingError) -> [UInt8]
}

/// Makes evidence with an array.
struct ArrayProver {
  let challenge: ArrayChallenge
  let array: any FilledArray
  private var known: [ArrayPlace: ArrayWitness] = [:]

  init(_ challenge: ArrayChallenge, _ array: any FilledArray) {
    self.challenge = challenge
    self.array = array
  }

  /// Fills the array, settles it, opens what is drawn, and holds that against the rules: what a device computed wrongly is no evidence.
  ///
  /// What the second pass overwrote is needed again for its openings: the first pass is run once more, and must come to the same.
  mutating func evidence() throws(ProvingError) -> ArrayEvidence {
    let key = challenge.key()
    try array.fill(pass: 1, key: key)
    let first = BlockTree(try array.blockDigests())
    try array.fill(pass: 2, key: challenge.key(afterRoot: first.root))
    let second = BlockTree(try array.blockDigests())
    let roots = ArrayRoots(first: first.root, second: second.root)
    let places = challenge.draw(roots)
    try collect(places, pass: 2, second)
    try array.fill(pass: 1, key: key)
    guard try array.blockDigests() == first.blocks else {
      throw .wrongResult("the same pass, run twice, fills the memory differently")
    }
    try collect(places, pass: 1, first)
    let evidence = ArrayEvidence(roots: roots, openings: places.compactMap(opening))
    do throws(ArrayFault) { try challenge.check(evidence) } catch {
      throw .wrongResult(error.description)
    }
    return evidence
  }

  /// Reads what the openings need of the pass that the array holds: twice, since a cell must be read before it tells its neighbour's
  /// parents.
  private mutating func collect(
    _ places: [ArrayPlace], pass: Int, _ tree: BlockTree
  ) throws(ProvingError) {
    for _ in 0..<2 {
      for place in places {
        for wanted in sources(of: place) where wanted.pass == pass && known[wanted] == nil {
          let block = try array.block(wanted.index / ArrayShape.blockCells)
          known[wanted] = tree.witness(ofCell: wanted.index, in: block)
        }
      }
    }
  }

  private func sources(of place: ArrayPlace) -> [ArrayPlace] {
    [place]
      + [challenge.shape.previous(of: place), challenge.shape.old(of: place)].compactMap(\.self)
      + parents(of: place)
  }

  private func parents(of place: ArrayPlace) -> [ArrayPlace] {
    guard let previous = challenge.shape.previous(of: place) else { return [] }
    return known[previous].map { challenge.shape.parents(of: place, previous: $0.cell) } ?? []
  }

  private func opening(_ place: ArrayPlace) -> ArrayOpening? {
    let shape = challenge.shape
    guard let cell = known[place] else { return nil }
    return ArrayOpening(
      cell: cell, previous: shape.previous(of: place).flatMap { known[$0] },
      old: shape.old(of: place).flatMap { known[$0] },
      parents: parents(of: place).compactMap { known[$0] })
  }
}
