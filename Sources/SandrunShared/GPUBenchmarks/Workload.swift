internal import Computing

/// One thing to measure, made ready on a device: what to run, how much work that is, and whether the result is right.
protocol Workload {
  associatedtype Device: ComputeDevice

  /// What runs it.
  var device: Device { get }

  /// The kernel that is timed, or the copy.
  var kernelName: String { get }

  /// What is too small for the result to say what it should; nil where nothing is.
  var shortfall: String? { get }

  /// How many repeats can be queued before the first begins.
  var repeatLimit: Int { get }

  /// Undoes what an earlier run left, so that a run that does nothing cannot pass for one that did.
  func reset() throws(ComputeError)

  /// Does it so many times over, and gives the seconds by the device's clock.
  func seconds(_ repeats: Int) throws(ComputeError) -> Double

  /// Bytes, operations or launches of so many repeats.
  func amount(_ repeats: Int) -> Double

  /// What is wrong with the result; nil where it is right.
  func fault(after repeats: Int) throws(ComputeError) -> String?
}

extension Workload {
  var shortfall: String? { nil }
}

/// A workload that is kernels and nothing else.
protocol KernelWorkload: Workload {
  /// What is timed, so many times over.
  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>]
}

extension KernelWorkload {
  var repeatLimit: Int { max(1, device.queueLimit / max(1, launches(1).count)) }

  func seconds(_ repeats: Int) throws(ComputeError) -> Double {
    try device.time(launches(repeats))
  }
}
