import Computing
import Hashing
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import GPUAttestation

/// The kernels in PTX: taken by NVIDIA's assembler for every GPU, and computing what the host does.
@Suite struct ArrayPTXTests {
  @Test(arguments: [70, 75, 80, 86, 89, 90, 100, 120])
  func isAssembled(_ target: Int) async throws {
    let script = """
      import os, subprocess, sys, tempfile
      import nvidia.cuda_nvcc as package
      ptxas = os.path.join(list(package.__path__)[0], "bin", "ptxas")
      with tempfile.TemporaryDirectory() as folder:
          path = os.path.join(folder, "kernel.ptx")
          with open(path, "wb") as file:
              file.write(sys.stdin.buffer.read())
          sys.exit(subprocess.call([ptxas, "-arch=sm_\(target)", "-v", "-o", os.devnull, path]))
      """
    let python = Vectors.checkout.appending(".venv/bin/python")
    let result = try await Subprocess.run(
      .path(python), arguments: Arguments(["-c", script]), input: .string(ArrayKernels.ptx.text),
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 20))
    let words = result.standardError + result.standardOutput
    #expect(result.terminationStatus.isSuccess, "sm_\(target): \(words)")
    // Registers that do not fit would be kept in the memory that is to be measured.
    #expect(words.split(separator: "\n").count { $0.contains("0 bytes spill stores") } == 3)
  }

  @Test func bothLanguagesHaveTheSameKernels() throws {
    let openCL = try #require(ArrayKernels.program.openCL).matches(of: /__kernel void ([a-z]+)\(/)
    let ptx = ArrayKernels.ptx.text.matches(of: /entry ([a-z]+)\(/)
    #expect(openCL.map { $0.1 } == ptx.map { $0.1 } && ptx.count == 3)
  }

  private func words(_ cells: [ArrayCell]) -> [UInt32] {
    cells.flatMap { cell in cell.words.indices.map { cell.words[$0] } }
  }

  /// The slices where something else happens: the first, which has no parents, the second, one in the midst and the last, of both passes.
  @Test func fillsAsTheHostDoes() throws {
    let challenge = ArrayChallenge(
      seed: SHA256.hash([1]), identity: SHA256.hash([2]),
      shape: try ArrayShape(lanes: 64, rows: 128, openings: 64))
    let shape = challenge.shape
    let host = HostArray(shape)
    let key = challenge.key()
    let start = shape.cells * 16
    let keyWords = key.words.indices.map { key.words[$0] }
    var machine = try PTXMachine(
      ArrayKernels.ptx.text, kernel: "extend",
      memory: [UInt32](repeating: 0, count: start) + keyWords)
    for pass in 1...2 {
      let before = words(host.cells)
      host.fill(pass: pass, key: key)
      let after = words(host.cells)
      for slice in [0, 1, 30, 63] {
        let size = shape.sliceRows * shape.lanes * 16
        let (first, end) = (slice * size, slice * size + size)
        machine.memory.replaceSubrange(..<start, with: after[..<first] + before[first...])
        let arguments = [
          0, start * 4, shape.lanes, shape.rows, shape.sliceRows, slice, pass,
        ].map { UInt64($0) }
        // Some of the lanes, and one beyond the last, which does nothing.
        for items in [0..<3, 31..<34, 62..<65] {
          try machine.run(items: items, arguments)
          for lane in items where lane < shape.lanes {
            for row in 0..<shape.sliceRows {
              let place = first + (row * shape.lanes + lane) * 16
              #expect(
                machine.memory[place..<place + 16] == after[place..<place + 16],
                "pass \(pass), slice \(slice), lane \(lane)")
            }
          }
        }
        #expect(machine.memory[end..<start] == before[end...])
      }
    }
  }

  @Test(arguments: [0, 1] as [UInt32]) func hashesAsTheHostDoes(_ prefix: UInt32) throws {
    let cells = (0..<5).map { cell in
      (0..<64).map { UInt8(truncatingIfNeeded: cell * 89 + $0 * 37) }
    }
    let start = cells.count * 16
    var machine = try PTXMachine(
      ArrayKernels.ptx.text, kernel: "digest",
      memory: words(cells.map { ArrayCell($0, at: 0) }) + [UInt32](repeating: 0, count: 64))
    // From the second cell on, to the third place.
    try machine.run(items: 0..<4, [UInt64(start * 4), 2, 0, 1, 3, UInt64(prefix)])
    for place in 0..<3 {
      let wanted = SHA256.hash([UInt8(prefix)] + cells[1 + place])
      let found = machine.memory[(start + 8 * (2 + place))...].prefix(8)
      let key = ArrayKey(wanted)
      #expect(found.elementsEqual(key.words.indices.map { key.words[$0] }))
    }
    #expect(machine.memory[start..<start + 16].allSatisfy { $0 == 0 })
    #expect(machine.memory[(start + 40)...].allSatisfy { $0 == 0 })
  }

  @Test func readsWhatLiesThere() throws {
    let cells = (0..<128).map { UInt32($0) }
    var machine = try PTXMachine(
      ArrayKernels.ptx.text, kernel: "pick", memory: cells + [UInt32](repeating: 0, count: 48))
    try machine.run(items: 0..<3, [512, 0, 3, 2])
    let wanted = (48..<80).map { UInt32($0) } + [UInt32](repeating: 0, count: 16)
    #expect(machine.memory == cells + wanted)
  }
}
