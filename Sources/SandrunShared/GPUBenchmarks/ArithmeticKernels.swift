internal import Computing

/// Kernels that multiply and add: each work item carries chains that do not wait for each other.
///
/// Each step adds one to each number of a chain, by a factor and a term that the compiler cannot know, so that the result counts the
/// steps that were done. In 16 bits only numbers up to 2048 are exact: there the chains go down again by as much.
enum ArithmeticKernels {
  /// Chains of one work item, and steps of one round.
  static let chains = 8
  static let stepsPerRound = 16

  /// Operations of a step: a multiplication and an addition, on as many numbers as a work item holds in one word.
  static func operations(_ number: NumberKind) -> Int {
    switch number {
    case .fp16, .bf16: 4
    case .int8: 8
    default: 2
    }
  }

  static func program(_ number: NumberKind) -> KernelProgram? {
    let (openCL, ptx) = (openCL(number), ptx(number))
    guard openCL != nil || ptx != nil else { return nil }
    return KernelProgram(name: number.rawValue, openCL: openCL, ptx: ptx)
  }

  /// What each work item must give after so many rounds.
  static func sum(rounds: Int) -> Float {
    let begin = (0..<chains).reduce(0, +)
    return Float(begin + (rounds % 2 == 1 ? chains * stepsPerRound : 0))
  }
}
