internal import Computing

extension ArithmeticKernels {
  /// How a kind of number is written in OpenCL C.
  private struct Dialect {
    var type: String
    var pragma = ""
    /// One step of a chain.
    var step: (String) -> String
    /// A chain as a number.
    var value: (String) -> String
  }

  private static func dialect(_ number: NumberKind) -> Dialect? {
    let fused = { (chain: String) in "\(chain) = fma(\(chain), one, term);" }
    return switch number {
    case .fp32: Dialect(type: "float", step: fused) { $0 }
    case .fp64:
      Dialect(
        type: "double", pragma: "#pragma OPENCL EXTENSION cl_khr_fp64 : enable", step: fused
      ) { "(float)\($0)" }
    case .fp16:
      Dialect(
        type: "half2", pragma: "#pragma OPENCL EXTENSION cl_khr_fp16 : enable", step: fused
      ) { "((float)\($0).x + (float)\($0).y) * 0.5f" }
    case .int8:
      Dialect(type: "char4", step: { "\($0) = \($0) * one + term;" }) {
        "((float)\($0).x + (float)\($0).y + (float)\($0).z + (float)\($0).w) * 0.25f"
      }
    case .bf16, .tf32, .fp8: nil
    }
  }

  static func openCL(_ number: NumberKind) -> String? {
    guard let dialect = dialect(number) else { return nil }
    let scalar = String(dialect.type.prefix { !$0.isNumber })
    let type = dialect.type
    let steps = (0..<chains).map { dialect.step("x\($0)") }.joined(separator: " ")
    let begin = (0..<chains).map { "\(type) x\($0) = (\(type))((\(scalar))\($0));" }
    let sum = (0..<chains).map { dialect.value("x\($0)") }.joined(separator: " + ")
    return """
      \(dialect.pragma)
      // The term changes its sign with each round: after an even number of rounds every chain is where it began,
      // after an odd number each is 16 further.
      __kernel void chains(__global float *sums, float factor, uint rounds) {
        \(type) one = (\(type))((\(scalar))factor);
        \(type) term = (\(type))((\(scalar))factor);
        \(begin.joined(separator: " "))
        for (uint round = 0; round < rounds; round++) {
          \(Array(repeating: steps, count: stepsPerRound).joined(separator: "\n    "))
          term = -term;
        }
        sums[get_global_id(0)] = \(sum);
      }
      """
  }
}
