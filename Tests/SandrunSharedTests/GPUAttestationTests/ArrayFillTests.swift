import Computing
import Hashing
import OpenCL
import Records
import Testing

@testable import GPUAttestation

/// One at a time, since the ICD loader wakes its drivers only once.
@Suite(.serialized) struct GPUAttestationTests {}

extension GPUAttestationTests {
  /// The array, filled by Swift and by a device behind OpenCL, is the one that Python fills.
  @Suite(.serialized) struct ArrayFillTests {
    static func computer() throws -> OpenCLComputer {
      let device = try #require(try OpenCL().devices().first { (try? $0.kind()) == .cpu })
      return try OpenCLComputer(device)
    }

    @Test func theBlockFunctionIsThatOfTheRFC() throws {
      let row = try #require(try AttestationRow.lines().first { $0["state"] != nil })
      let state = try #require(ArrayCell(bytes: try Hex.decode(row["state"]?.string ?? "")))
      #expect(Hex.encode(state.chaCha20().bytes) == row["block"]?.string)
    }

    private func expect(_ array: any FilledArray, _ row: AttestationRow) throws {
      var roots: [Digest32] = []
      for pass in 1...2 {
        try array.fill(pass: pass, key: row.challenge.key(afterRoot: roots.first))
        roots.append(BlockTree(try array.blockDigests()).root)
        for (place, bytes) in row.cells where place.pass == pass {
          let block = try array.block(place.index / ArrayShape.blockCells)
          let start = place.index % ArrayShape.blockCells * ArrayCell.length
          #expect(Hex.encode(Array(block[start..<start + ArrayCell.length])) == bytes, "\(place)")
        }
      }
      #expect(roots == [row.roots.first, row.roots.second])
    }

    @Test func swiftFillsAsPythonDoes() throws {
      let rows = try AttestationRow.all()
      #expect(rows.count == 3)
      for row in rows { try expect(HostArray(row.challenge.shape), row) }
    }

    /// Groups that do not divide the items, and such as do.
    @Test(arguments: [256, 100, 64, 1]) func openCLFillsAsPythonDoes(
      _ groupSize: Int
    ) throws {
      let computer = try Self.computer()
      for row in try AttestationRow.all() {
        let array = try DeviceArray(
          row.challenge.shape, on: computer, groupSize: groupSize, isStopped: { false })
        try expect(array, row)
        #expect(array.seconds > 0)
      }
    }

    @Test func theDrawIsThatOfPython() throws {
      for row in try AttestationRow.all() {
        let places = row.challenge.draw(row.roots)
        #expect(places == row.draw)
        #expect(Set(places).count == row.challenge.shape.openings)
      }
    }

    /// Trees of every count of blocks lead each cell to the root that RFC 6962 has.
    @Test(arguments: [1, 2, 3, 5, 7, 8, 24]) func everyCellHasItsWay(_ blocks: Int) throws {
      let cells = ArrayShape.blockCells
      let bytes = (0..<blocks).map { block in
        (0..<cells * ArrayCell.length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ block) }
      }
      let leaves = bytes.flatMap { block in
        (0..<cells).map {
          MerkleTree.leaf(Array(block[ArrayCell.length * $0..<ArrayCell.length * ($0 + 1)]))
        }
      }
      let digests = (0..<blocks).map {
        MerkleTree.root(of: Array(leaves[cells * $0..<cells * ($0 + 1)]))
      }
      let tree = BlockTree(digests)
      #expect(tree.root == MerkleTree.root(of: leaves))
      for block in 0..<blocks {
        let cell = block * cells + block * 37 % cells
        let witness = tree.witness(ofCell: cell, in: bytes[block])
        #expect(
          MerkleTree.verify(
            leaf: leaves[cell], at: cell, of: leaves.count, proof: witness.path, root: tree.root))
        #expect(MerkleTree.leaf(witness.cell.bytes) == leaves[cell])
      }
    }

    @Test(arguments: [
      (64, 64, 63), (64, 64, 1025), (63, 64, 64), (32, 64, 64), (1 << 21, 64, 64), (64, 65, 64),
      (64, 0, 64), (64, -64, 64), (-64, 64, 64), (1 << 20, 4096, 64), (64, .max, 64),
      (.min, 64, 64),
    ])
    func aShapeOutOfBoundsIsNone(_ lanes: Int, _ rows: Int, _ openings: Int) {
      #expect(throws: ArrayFault.self) {
        try ArrayShape(lanes: lanes, rows: rows, openings: openings)
      }
    }

    @Test(arguments: [
      1 << 18, 1 << 24, 3 << 24, 999_999_999, 8 << 30, 11_811_160_064, 80 << 30, 141 << 30,
      512 << 30,
    ])
    func aShapeFitsItsMemory(_ byteCount: Int) throws {
      let shape = try #require(ArrayShape(fitting: byteCount))
      #expect(shape.byteCount <= byteCount)
      if byteCount < 256 << 30 { #expect(shape.byteCount > byteCount / 100 * 93) }
      #expect(ArrayShape(fitting: 1 << 17) == nil)
    }
  }
}
