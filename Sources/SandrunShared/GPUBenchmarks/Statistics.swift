/// What a number of samples say together.
public struct Statistics: Equatable, Sendable {
  /// How many there are.
  public let count: Int
  /// The least of them.
  public let min: Double
  /// The one in the middle; of an even number the mean of the two.
  public let median: Double
  /// The greatest of them.
  public let max: Double
  /// The coefficient of variation: the sample standard deviation over the mean; nil for a single sample.
  public let variation: Double?

  /// Nil where there is no sample, or one that is no positive finite number: of that nothing is told.
  public init?(_ samples: [Double]) {
    guard !samples.isEmpty, samples.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    let sorted = samples.sorted()
    count = sorted.count
    min = sorted[0]
    max = sorted[sorted.count - 1]
    median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    guard sorted.count > 1 else {
      variation = nil
      return
    }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    variation = (squares / Double(sorted.count - 1)).squareRoot() / mean
  }
}
