public import Marketplace
internal import Records

/// Which of a requirement's parts a GPU does not meet.
public struct GPURefusal: Equatable, Sendable {
  /// The part: `type`, `memory`, `compute`; `driver` where nothing can run on it at all.
  public var part: String
  /// What was asked for, and what is there.
  public var reason: String
}

extension GPU {
  /// What keeps it from being one of those that a requirement asks for; nil where it is one, however many are asked for.
  public func refusal(of wanted: GPURequirement) -> GPURefusal? {
    let name = self.name ?? "this GPU"
    // NVML watches GPUs that CUDA hides, or fails on: no job could run there.
    guard backendIndex != nil else {
      return GPURefusal(part: "driver", reason: "CUDA does not show \(name)")
    }
    let offered = NodeDescriptor.GPU(
      type: backend.rawValue, name: self.name, memory: memory ?? 0, compute: compute)
    // What NVIDIA's driver drives its OpenCL does, too.
    guard offered.isKnown(as: wanted.type) || vendorNames.contains(wanted.type) else {
      return GPURefusal(part: "type", reason: "\(name) is no \(wanted.type)")
    }
    if let least = wanted.memory {
      guard let memory else {
        return GPURefusal(part: "memory", reason: "the memory of \(name) is not known")
      }
      guard memory >= least else {
        return GPURefusal(
          part: "memory", reason: "\(name) has \(memory) bytes of memory, \(least) are wanted")
      }
    }
    if let least = wanted.compute {
      guard let compute else {
        return GPURefusal(
          part: "compute", reason: "\(name) has no compute capability, \(least) is wanted")
      }
      guard offered.hasCompute(least) else {
        return GPURefusal(
          part: "compute", reason: "\(name) has compute capability \(compute), \(least) is wanted")
      }
    }
    return nil
  }

  private var vendorNames: [String] {
    let vendor = facts["vendor"]?.string?.lowercased() ?? ""
    if vendor.contains("nvidia") { return ["nvidia", "opencl"] }
    if vendor.contains("advanced micro devices") || vendor.contains("amd") { return ["amd"] }
    return vendor.contains("intel") ? ["intel"] : []
  }
}
