/// A cell's value after one of the two passes.
public struct ArrayPlace: Hashable, Sendable {
  /// 1 or 2.
  public var pass: Int
  /// Which cell: row × lanes + lane.
  public var index: Int
}

/// How large the array is, and which cells each cell is made of.
///
/// A lane is a column that one work item fills from the first row to the last, each cell from the one before it; all lanes advance at once.
/// Each cell also takes two parents that the one before it chooses, by its first two words, uniformly from all that stands still: a pass is
/// cut into 64 slices, each a launch of its own, and a slice reads of the others alone. In the first pass those are the slices that are
/// filled, in the second all: those before hold the second pass's cells, those behind the first's. The second pass also takes the cell that
/// it overwrites, and its first row the last one of the first pass, as Argon2 does (RFC 9106, sections 3.1 and 3.4, with t = 2, Argon2d's
/// choice of blocks, and two of them for one).
///
/// Two parents matter: who keeps half of the cells lacks one of two on average, which again lacks one, and so on down. In the first pass
/// that ends after the logarithm of the rows, some five calls for one with 256 of them; in the second, where what a missing cell rests on is
/// overwritten, there is no end in sight (`LessMemoryTests` counts). A single parent would cost him a factor of two.
public struct ArrayShape: Equatable, Sendable {
  /// Launches of a pass.
  public static let slices = 64
  /// Cells under one digest of the device.
  public static let blockCells = 512
  /// How many cells are opened at least, and at most.
  public static let openingBounds = 64...1024
  /// How many are by default.
  public static let defaultOpenings = 128
  /// How many bytes the least array fills, and the largest at most.
  public static let byteBounds = 64 * slices * ArrayCell.length...Int(UInt32.max) * ArrayCell.length

  /// Columns: work items that fill it.
  public let lanes: Int
  /// Rows: cells of each column.
  public let rows: Int
  /// How many cells are opened.
  public let openings: Int

  /// Checks the bounds; throws what is out of them.
  public init(lanes: Int, rows: Int, openings: Int = Self.defaultOpenings) throws(ArrayFault) {
    guard (64...1 << 20).contains(lanes), lanes & (lanes - 1) == 0 else {
      throw ArrayFault("\(lanes) lanes, which is no power of two from 64 to 1048576")
    }
    guard rows > 0, rows % Self.slices == 0, rows <= Int(UInt32.max) / lanes else {
      throw ArrayFault("\(rows) rows, not a multiple of 64 within 2^32 cells")
    }
    guard Self.openingBounds.contains(openings) else {
      throw ArrayFault("\(openings) openings, not 64 to 1024")
    }
    self.lanes = lanes
    self.rows = rows
    self.openings = openings
  }

  /// The largest array that fits into memory, with as many lanes as keep a GPU busy; nil where not even the least one does.
  public init?(fitting byteCount: Int, openings: Int = Self.defaultOpenings) {
    let cells = min(byteCount / ArrayCell.length, Int(UInt32.max))
    var lanes = 64
    // So many rows that whole slices of them leave little out.
    while lanes < 1 << 18, cells / (lanes * 2) >= 1024 { lanes *= 2 }
    let rows = cells / lanes / Self.slices * Self.slices
    guard let shape = try? ArrayShape(lanes: lanes, rows: rows, openings: openings) else {
      return nil
    }
    self = shape
  }

  /// How many cells it has.
  public var cells: Int { lanes * rows }
  /// How much memory it fills.
  public var byteCount: Int { cells * ArrayCell.length }
  /// How many digests the device makes of it.
  var blocks: Int { cells / Self.blockCells }
  /// Rows of a slice.
  var sliceRows: Int { rows / Self.slices }

  /// The cell before one in its lane; nil at the very start.
  func previous(of place: ArrayPlace) -> ArrayPlace? {
    if place.index >= lanes { return ArrayPlace(pass: place.pass, index: place.index - lanes) }
    guard place.pass == 2 else { return nil }
    return ArrayPlace(pass: 1, index: cells - lanes + place.index)
  }

  /// What a cell overwrites; nil in the first pass.
  func old(of place: ArrayPlace) -> ArrayPlace? {
    place.pass == 2 ? ArrayPlace(pass: 1, index: place.index) : nil
  }

  /// The parents that the cell before one chooses for it; none in the first slice of all.
  func parents(of place: ArrayPlace, previous: ArrayCell) -> [ArrayPlace] {
    let sliceCells = sliceRows * lanes
    let first = place.index / sliceCells * sliceCells
    let span = place.pass == 1 ? first : cells - sliceCells
    guard span > 0 else { return [] }
    return [previous.words[0], previous.words[1]].map { word in
      // The upper half of the product: uniform but for a part in 2^32 / span.
      let chosen = Int((UInt64(word) * UInt64(span)) >> 32)
      if chosen >= first { return ArrayPlace(pass: 1, index: chosen + sliceCells) }
      return ArrayPlace(pass: place.pass, index: chosen)
    }
  }
}

/// Why evidence is none.
public struct ArrayFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, in a few words.
  public let description: String

  /// Takes the words.
  public init(_ description: String) { self.description = description }
}
