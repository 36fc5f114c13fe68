public import Hashing

/// A cell with its way up to a pass's root.
public struct ArrayWitness: Equatable, Sendable {
  /// The cell.
  public var cell: ArrayCell
  /// The digests beside its way, lowest first.
  public var path: [Digest32]

  /// Makes it from its parts.
  public init(cell: ArrayCell, path: [Digest32]) {
    self.cell = cell
    self.path = path
  }
}

/// A cell that was drawn, with all that it is made of.
public struct ArrayOpening: Equatable, Sendable {
  /// The cell.
  public var cell: ArrayWitness
  /// The cell before it in its lane; nil at the very start.
  public var previous: ArrayWitness?
  /// What it overwrote; nil in the first pass.
  public var old: ArrayWitness?
  /// Two, or none in the first slice of all.
  public var parents: [ArrayWitness]

  /// Makes it from its parts.
  public init(
    cell: ArrayWitness, previous: ArrayWitness?, old: ArrayWitness?, parents: [ArrayWitness]
  ) {
    self.cell = cell
    self.previous = previous
    self.old = old
    self.parents = parents
  }
}

/// What shows that an array was filled: its roots, and the cells that they draw.
public struct ArrayEvidence: Equatable, Sendable {
  /// The roots.
  public var roots: ArrayRoots
  /// In the order of the draw.
  public var openings: [ArrayOpening]

  /// Makes it from its parts.
  public init(roots: ArrayRoots, openings: [ArrayOpening]) {
    self.roots = roots
    self.openings = openings
  }
}

extension ArrayChallenge {
  /// Computes each cell that was drawn again, and throws what is wrong first.
  ///
  /// What it shows, and what not: a prover whose array has a part ε of cells that are not what their parents make of them passes with
  /// probability (1 - ε)^n, n being the openings. Since he draws himself, he may try again with another root, and each attempt costs him
  /// `drawRounds` hashes one after another: within 2^20 attempts and with 128 openings, whoever makes up a quarter of the cells passes with
  /// 2^-33, an eighth with 2^-4.7. The openings say nothing of where the array was kept, and nothing of time. That is the verifier's: the
  /// array can only be computed cell by cell, each needing two more that nobody can foresee, so that one who has less memory computes
  /// those that he does not have again and again, and one who keeps them elsewhere waits for them.
  public func check(_ evidence: ArrayEvidence) throws(ArrayFault) {
    let places = draw(evidence.roots)
    guard places.count == evidence.openings.count else {
      throw ArrayFault("\(evidence.openings.count) openings, not \(places.count)")
    }
    let keys = [key(), key(afterRoot: evidence.roots.first)]
    for (place, opening) in zip(places, evidence.openings) {
      try check(opening, at: place, keys[place.pass - 1], evidence.roots)
    }
  }

  private func check(
    _ opening: ArrayOpening, at place: ArrayPlace, _ key: ArrayKey, _ roots: ArrayRoots
  ) throws(ArrayFault) {
    let name = "cell \(place.index) of pass \(place.pass)"
    let previous = try cell(
      opening.previous, shape.previous(of: place), "\(name), before it", roots)
    let old = try cell(opening.old, shape.old(of: place), "\(name), what it overwrote", roots)
    let parents = shape.parents(of: place, previous: previous)
    guard parents.count == opening.parents.count else {
      throw ArrayFault("\(name) has \(opening.parents.count) parents, not \(parents.count)")
    }
    var cells: [ArrayCell] = []
    for (parent, witness) in zip(parents, opening.parents) {
      cells.append(try cell(witness, parent, "\(name), its parent", roots))
    }
    let next = ArrayCell.next(
      at: place, key: key, previous: previous,
      parents: cells.count == 2 ? (cells[0], cells[1]) : (.zero, .zero), old: old)
    guard next == opening.cell.cell else {
      throw ArrayFault("\(name) is not what the cells before it make of it")
    }
    _ = try cell(opening.cell, place, name, roots)
  }

  /// A cell that must be in a pass's tree at a place; zero where neither exists.
  private func cell(
    _ witness: ArrayWitness?, _ place: ArrayPlace?, _ name: String, _ roots: ArrayRoots
  ) throws(ArrayFault) -> ArrayCell {
    guard let place else {
      guard witness == nil else { throw ArrayFault("\(name): there is none") }
      return .zero
    }
    guard let witness else { throw ArrayFault("\(name): it is missing") }
    guard
      MerkleTree.verify(
        leaf: MerkleTree.leaf(witness.cell.bytes), at: place.index, of: shape.cells,
        proof: witness.path, root: place.pass == 1 ? roots.first : roots.second)
    else {
      throw ArrayFault("\(name): its path does not lead to the root of pass \(place.pass)")
    }
    return witness.cell
  }
}
