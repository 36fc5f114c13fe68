import Computing
import Hashing
import OpenCL
import Testing

@testable import GPUAttestation

extension GPUAttestationTests {
  /// Evidence, and what is told from it.
  @Suite(.serialized) struct ProvingTests {
    private static func challenge(
      lanes: Int = 64, rows: Int = 64, openings: Int = 64, _ name: String = "a seed"
    ) throws -> ArrayChallenge {
      ArrayChallenge(
        seed: SHA256.hash(Array(name.utf8)), identity: SHA256.hash(Array("a GPU".utf8)),
        shape: try ArrayShape(lanes: lanes, rows: rows, openings: openings))
    }

    private static func evidence(
      _ challenge: ArrayChallenge, _ array: HostArray? = nil
    ) throws -> ArrayEvidence {
      var prover = ArrayProver(challenge, array ?? HostArray(challenge.shape))
      return try prover.evidence()
    }

    @Test(arguments: [(64, 64, 64), (64, 192, 128), (256, 64, 200)])
    func aDeviceProvesWhatItHolds(_ lanes: Int, _ rows: Int, _ openings: Int) throws {
      let challenge = try Self.challenge(lanes: lanes, rows: rows, openings: openings)
      let device = try DeviceArray(
        challenge.shape, on: try GPUAttestationTests.ArrayFillTests.computer(), groupSize: 64,
        isStopped: { false })
      var prover = ArrayProver(challenge, device)
      let evidence = try prover.evidence()
      try challenge.check(evidence)
      #expect(evidence == (try Self.evidence(challenge)))
      #expect(Set(challenge.draw(evidence.roots).map(\.pass)) == [1, 2])
    }

    @Test func evidenceServesNoOtherChallenge() throws {
      let challenge = try Self.challenge()
      let evidence = try Self.evidence(challenge)
      try challenge.check(evidence)
      let others = [
        try Self.challenge("another seed"),
        ArrayChallenge(seed: challenge.seed, identity: .zero, shape: challenge.shape),
        try Self.challenge(openings: 65), try Self.challenge(lanes: 128),
        try Self.challenge(rows: 128),
      ]
      for other in others { #expect(throws: ArrayFault.self) { try other.check(evidence) } }
    }

    /// Whatever is altered in an opening shows, wherever it stands.
    @Test func whateverIsAlteredShows() throws {
      let challenge = try Self.challenge()
      let evidence = try Self.evidence(challenge)
      func refuses(_ what: String, _ alter: (inout ArrayEvidence) -> Void) {
        var altered = evidence
        alter(&altered)
        guard altered != evidence else { return }
        #expect(throws: ArrayFault.self, "\(what)") { try challenge.check(altered) }
      }
      func flipped(_ witness: ArrayWitness) -> ArrayWitness {
        var bytes = witness.cell.bytes
        bytes[17] ^= 1
        return ArrayWitness(cell: ArrayCell(bytes: bytes) ?? .zero, path: witness.path)
      }
      refuses("the order") { $0.openings.swapAt(0, 1) }
      refuses("one less") { $0.openings.removeLast() }
      refuses("one more") { $0.openings.append($0.openings[0]) }
      refuses("one twice") { $0.openings[1] = $0.openings[0] }
      refuses("the roots") { swap(&$0.roots.first, &$0.roots.second) }
      refuses("a root") { $0.roots.second = .zero }
      // One of each kind is enough: each takes a draw.
      let places = challenge.draw(evidence.roots)
      let chosen = [places.firstIndex { $0.pass == 1 }, places.firstIndex { $0.pass == 2 }]
      for place in chosen.compactMap(\.self) {
        refuses("cell \(place)") { $0.openings[place].cell = flipped($0.openings[place].cell) }
        refuses("path \(place)") { $0.openings[place].cell.path.removeLast() }
        refuses("digest \(place)") { $0.openings[place].cell.path[3] = .zero }
        refuses("previous \(place)") {
          $0.openings[place].previous = $0.openings[place].previous.map(flipped)
        }
        refuses("no previous \(place)") { $0.openings[place].previous = nil }
        refuses("old \(place)") { $0.openings[place].old = $0.openings[place].old.map(flipped) }
        refuses("no old \(place)") { $0.openings[place].old = nil }
        refuses("an old \(place)") {
          $0.openings[place].old = $0.openings[place].old ?? $0.openings[place].cell
        }
        refuses("parents \(place)") { $0.openings[place].parents.reverse() }
        refuses("parent \(place)") {
          $0.openings[place].parents = $0.openings[place].parents.map(flipped)
        }
        refuses("no parents \(place)") { $0.openings[place].parents = [] }
        refuses("parent for parent \(place)") {
          $0.openings[place].parents = Array($0.openings[place].parents.reversed().prefix(1))
        }
      }
    }

    /// A prover who lacks a part of the memory and writes something cheap in its place is found out, though all of his paths lead to his
    /// roots: 64 openings let a quarter pass with (3/4)^64 < 2^-26, an eighth with 2^-12; 128 with 2^-53 and 2^-24.
    @Test(arguments: [2, 4, 8]) func cellsThatAreMadeUpShow(_ oneIn: Int) throws {
      let challenge = try Self.challenge(openings: 128)
      let array = HostArray(challenge.shape)
      array.madeUp = { $0.index % oneIn == 1 ? .zero : nil }
      do {
        _ = try Self.evidence(challenge, array)
        Issue.record("what is made up passes")
      } catch let error as ProvingError {
        guard case .wrongResult(let reason) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(reason.hasSuffix("is not what the cells before it make of it"))
      }
    }

    /// Memory that does not keep what was written is found out before there is evidence: where a cell changes between two runs of the same
    /// pass, and where it changes for what is opened.
    @Test func memoryThatForgetsShows() throws {
      let challenge = try Self.challenge()
      let array = HostArray(challenge.shape)
      var blocks = 0
      array.beforeReading = { array in
        blocks += 1
        guard blocks == 40 else { return }
        for index in array.cells.indices { array.cells[index] = .zero }
      }
      #expect(throws: ProvingError.self) { try Self.evidence(challenge, array) }
      let other = HostArray(challenge.shape)
      var filled = 0
      other.madeUp = { place in
        filled += 1
        return filled > 2 * other.shape.cells + 99 && place.index == 99 ? .zero : nil
      }
      #expect(
        throws: ProvingError.wrongResult(
          "the same pass, run twice, fills the memory differently")
      ) { try Self.evidence(challenge, other) }
    }

    @Test func aRequestToStopIsHeard() throws {
      var looks = 0
      let challenge = try Self.challenge()
      let device = try DeviceArray(
        challenge.shape, on: try GPUAttestationTests.ArrayFillTests.computer(), groupSize: 64,
        isStopped: {
          looks += 1
          return looks > 70
        })
      var prover = ArrayProver(challenge, device)
      #expect(throws: ProvingError.stopped) { try prover.evidence() }
      #expect(looks == 71)
    }
  }
}
