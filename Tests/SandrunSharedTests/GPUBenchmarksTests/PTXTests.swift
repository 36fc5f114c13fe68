import Computing
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import GPUBenchmarks

/// Every kernel in PTX is taken by NVIDIA's own assembler, for every GPU that it is meant for.
@Suite struct PTXTests {
  private static let targets = [70, 80, 89, 90, 100, 120]

  private static func hasFP8(_ target: Int) -> Bool { target == 89 || target >= 120 }

  private static let programs: [KernelProgram] =
    [MemoryKernels.program, MatrixKernels.program]
    + NumberKind.allCases.compactMap { ArithmeticKernels.program($0) }
    + NumberKind.allCases.compactMap { TensorKernels.program($0) }

  @Test(arguments: programs.filter { $0.ptx != nil })
  func isAssembled(_ program: KernelProgram) async throws {
    let ptx = try #require(program.ptx)
    let targets = Self.targets.filter { $0 >= ptx.target }
    #expect(!targets.isEmpty)
    for target in targets {
      // Where pip has put it is Python's to know; the text goes in as a file of its own. An instruction has 16 bytes, of which the lowest
      // 12 bits tell it: those of the units for matrices (HMMA, IMMA, QMMA) are counted.
      let script = """
        import os, struct, subprocess, sys, tempfile
        import nvidia.cuda_nvcc as package
        ptxas = os.path.join(list(package.__path__)[0], "bin", "ptxas")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "kernel.ptx")
            with open(path, "wb") as file:
                file.write(sys.stdin.buffer.read())
            object = os.path.join(folder, "kernel.cubin")
            status = subprocess.call([ptxas, "-arch=sm_\(target)", "-v", "-o", object, path])
            if status != 0:
                sys.exit(status)
            with open(object, "rb") as file:
                image = file.read()
        table, = struct.unpack_from("<Q", image, 0x28)
        size, count, names = struct.unpack_from("<HHH", image, 0x3A)
        sections = [struct.unpack_from("<IIQQQQ", image, table + size * i) for i in range(count)]
        found = 0
        for name, kind, _, _, at, length in sections:
            start = sections[names][4] + name
            if kind == 1 and image[start:start + 6] == b".text.":
                words = struct.unpack_from(f"<{length // 4}I", image, at)[::4]
                found += sum(word & 0xFFF in (0x23C, 0x237, 0x27A) for word in words)
        print("mma", found)
        """
      let result = try await Subprocess.run(
        .path(Vectors.checkout.appending(".venv/bin/python")),
        arguments: Arguments(["-c", script]), input: .string(ptx.text),
        output: .string(limit: 1 << 16), error: .string(limit: 1 << 20))
      let words = result.standardError + result.standardOutput
      #expect(result.terminationStatus.isSuccess, "\(program.name), sm_\(target): \(words)")
      // A kernel whose registers do not fit keeps them in memory, and measures that.
      #expect(!words.contains("spill") || words.contains("0 bytes spill stores"))
      // What the units do not have the assembler makes of something else, and that would be measured.
      guard program.name.hasSuffix(".mma"), program.name != "fp8.mma" || Self.hasFP8(target) else {
        continue
      }
      let wanted = TensorKernels.chains * TensorKernels.stepsPerRound
      #expect(words.contains("mma \(wanted)\n"), "\(program.name), sm_\(target): \(words)")
    }
  }

  /// Both languages have the same kernels, under the same names.
  @Test func bothLanguagesHaveTheSameKernels() throws {
    for program in Self.programs where program.openCL != nil && program.ptx != nil {
      let openCL = try #require(program.openCL).matches(of: /void ([a-z]+)\(/).map { $0.1 }
      let ptx = try #require(program.ptx).text.matches(of: /entry ([a-z]+)\(/).map { $0.1 }
      #expect(openCL == ptx, "\(program.name)")
    }
  }
}
