internal import Computing

/// One thing to measure, made ready on a device: what to run, how much work that is, and whether the result is right.
protocol Workload {
  associatedtype Device: ComputeDevice

  /// The kernel that is timed.
  var kernelName: String { get }

  /// Undoes what an earlier run left, so that a run that does nothing cannot pass for one that did.
  func reset() throws(ComputeError)

  /// What is timed, so many times over.
  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>]

  /// Bytes, operations or launches of so many repeats.
  func amount(_ repeats: Int) -> Double

  /// What is wrong with the result; nil where it is right.
  func fault(after repeats: Int) throws(ComputeError) -> String?
}
