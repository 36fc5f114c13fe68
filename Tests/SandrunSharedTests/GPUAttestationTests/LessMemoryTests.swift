import Hashing
import Testing

@testable import GPUAttestation

/// What it costs to fill the array with less memory than it takes.
///
/// Time is told in calls of the block function, which is all that filling costs beside memory: the honest prover makes one a cell and pass.
@Suite struct LessMemoryTests {
  /// A prover that keeps some of the rows alone, of each the latest pass, and computes what it lacks from what it keeps, as deep as that
  /// goes.
  private struct Forgetful {
    struct GivenUp: Error {}

    let shape: ArrayShape
    let keys: [ArrayKey]
    let keeps: (Int) -> Bool
    var kept: [Int: ArrayCell] = [:]
    /// What each place that is kept holds: 0, 1 or 2.
    var pass: [Int: Int] = [:]
    var calls = 0
    let limit: Int

    init(_ shape: ArrayShape, limit: Int, keeps: @escaping (Int) -> Bool) {
      self.shape = shape
      self.keeps = keeps
      self.limit = limit
      let challenge = ArrayChallenge(
        seed: SHA256.hash([3]), identity: SHA256.hash([4]), shape: shape)
      keys = [challenge.key(), challenge.key(afterRoot: SHA256.hash([5]))]
    }

    mutating func value(_ place: ArrayPlace) throws -> ArrayCell {
      if let cell = kept[place.index], pass[place.index] == place.pass { return cell }
      guard calls < limit else { throw GivenUp() }
      let previous = try shape.previous(of: place).map { try value($0) } ?? .zero
      return try compute(place, previous)
    }

    mutating func compute(_ place: ArrayPlace, _ previous: ArrayCell) throws -> ArrayCell {
      let old = try shape.old(of: place).map { try value($0) } ?? .zero
      let parents = try shape.parents(of: place, previous: previous).map { try value($0) }
      calls += 1
      return .next(
        at: place, key: keys[place.pass - 1], previous: previous,
        parents: parents.isEmpty ? (.zero, .zero) : (parents[0], parents[1]), old: old)
    }

    /// Fills row by row, all lanes' latest cells at hand; gives the cells of the last row, and the calls after each pass.
    mutating func fill(passes: Int = 2) throws -> (last: [ArrayCell], calls: [Int]) {
      var row = [ArrayCell](repeating: .zero, count: shape.lanes)
      var counts: [Int] = []
      for pass in 1...passes {
        for index in 0..<shape.cells {
          let place = ArrayPlace(pass: pass, index: index)
          row[index % shape.lanes] = try compute(place, row[index % shape.lanes])
          if keeps(index / shape.lanes) {
            kept[index] = row[index % shape.lanes]
            self.pass[index] = pass
          }
        }
        counts.append(calls)
      }
      return (row, counts)
    }
  }

  private static func shape() throws -> ArrayShape {
    try ArrayShape(lanes: 64, rows: 64, openings: 64)
  }

  @Test func allOfTheMemoryTakesACallACell() throws {
    let shape = try Self.shape()
    var prover = Forgetful(shape, limit: .max) { _ in true }
    let (last, calls) = try prover.fill()
    #expect(calls == [shape.cells, 2 * shape.cells])
    let host = HostArray(shape)
    for pass in 1...2 { host.fill(pass: pass, key: prover.keys[pass - 1]) }
    #expect(last == Array(host.cells[(shape.cells - shape.lanes)...]))
  }

  /// Who keeps every other row has not half of the second pass when he has done ten times the work of all of it; and who keeps seven of
  /// eight is not done by then either, since what he lacks of the first pass rests on what the second has overwritten.
  @Test(arguments: [(2, 1), (4, 1), (8, 1)])
  func lessMemoryTakesManyTimesTheWork(_ rows: Int, _ missing: Int) throws {
    let shape = try Self.shape()
    let honest = 2 * shape.cells
    var prover = Forgetful(shape, limit: 10 * honest) { $0 % rows != missing }
    #expect(throws: Forgetful.GivenUp.self) { try prover.fill() }
    let done = prover.pass.values.count { $0 == 2 }
    #expect(rows > 2 || done * 2 < shape.cells / 2)
  }

  /// Already the first pass, where nothing that is needed is ever overwritten: half of it costs the more the more rows there are.
  @Test(arguments: [(64, 3.0), (256, 4.0)])
  func theFirstPassByItselfTakesMore(_ rows: Int, _ factor: Double) throws {
    let shape = try ArrayShape(lanes: 64, rows: rows, openings: 64)
    var prover = Forgetful(shape, limit: 20 * shape.cells) { $0 % 2 == 0 }
    let calls = try prover.fill(passes: 1).calls
    #expect(Double(calls[0]) > factor * Double(shape.cells))
  }
}
