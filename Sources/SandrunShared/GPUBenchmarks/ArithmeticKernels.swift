internal import Computing

/// Kernels that multiply and add: each work item carries chains that do not wait for each other.
///
/// Each step adds one to each number of a chain, by a factor and a term that the compiler cannot know, so that the result counts the
/// steps that were done. In 16 bits only numbers up to 2048 are exact: there the chains go down again by as much.
enum ArithmeticKernels {
  /// Chains of one work item, and steps of one round.
  static let chains = 8
  static let stepsPerRound = 16

  static func program(_ number: NumberKind) -> KernelProgram? {
    let type: String
    let pragma: String
    switch number {
    case .fp32: (type, pragma) = ("float", "")
    case .fp64: (type, pragma) = ("double", "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n")
    case .fp16: (type, pragma) = ("half", "#pragma OPENCL EXTENSION cl_khr_fp16 : enable\n")
    default: return nil
    }
    let step = (0..<chains).map { "x\($0) = fma(x\($0), one, term);" }.joined(separator: " ")
    let begin = (0..<chains).map { "\(type) x\($0) = (\(type))\($0);" }.joined(separator: " ")
    let sum = (0..<chains).map { "(float)x\($0)" }.joined(separator: " + ")
    return KernelProgram(
      name: number.rawValue,
      openCL: """
        \(pragma)
        // The term changes its sign with each round: after an even number of rounds every chain is where it began,
        // after an odd number each is 16 further.
        __kernel void chains(__global float *sums, float factor, uint rounds) {
          \(type) one = (\(type))factor;
          \(type) term = (\(type))factor;
          \(begin)
          for (uint round = 0; round < rounds; round++) {
            \(Array(repeating: step, count: stepsPerRound).joined(separator: "\n    "))
            term = -term;
          }
          sums[get_global_id(0)] = \(sum);
        }
        """)
  }

  /// What each work item must give after so many rounds.
  static func sum(rounds: Int) -> Float {
    let begin = (0..<chains).reduce(0, +)
    return Float(begin + (rounds % 2 == 1 ? chains * stepsPerRound : 0))
  }
}
