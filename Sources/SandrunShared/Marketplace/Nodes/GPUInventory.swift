internal import Records

/// The GPUs of a machine, read from records with a `gpu` member a GPU: `name`, `type`, `memory`, `compute`, `driver`, `count`.
///
/// Members that it does not know are left alone, and so is `bench`: what was measured is no part of a descriptor.
public struct GPUInventory: Equatable, Sendable {
  /// The GPUs by kind, in the order in which the first of each was told.
  public private(set) var gpus: [NodeDescriptor.GPU] = []
  /// What whoever offers them must hear: `line 2: the GPU is left out: CUDA does not show this GPU`.
  public private(set) var remarks: [String] = []

  /// Reads JSON Lines; throws for a line that is no record of a GPU or of a measurement, naming line and member.
  ///
  /// A GPU that cannot be used, or of which nobody knows the type or the memory (null), is left out; throws where none is left.
  public init(lines bytes: [UInt8]) throws(DescriptorError) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let place = "line \(index + 1)"
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) else { continue }
      let json: JSON
      do throws(JSONError) { json = try JSON(parsing: Array(line)) } catch {
        throw DescriptorError(place, "is no record: \(error.reasonText), byte \(error.column)")
      }
      guard let object = json.object else { throw DescriptorError(place, "is no object") }
      guard let gpu = object["gpu"] else {
        guard object["bench"]?.object != nil else {
          throw DescriptorError(place, "has neither an object \"gpu\" nor \"bench\"")
        }
        continue
      }
      if let reason = Self.unfitness(of: gpu) {
        remarks.append("\(place): the GPU is left out: \(reason)")
        continue
      }
      if gpu["disagreements"]?.elements?.isEmpty == false {
        remarks.append(
          "\(place): what drives the GPU and what watches it tell different things of it")
      }
      try add(try Self.gpu(DescriptorMembers(gpu, at: "\(place): gpu")), "\(place): gpu")
    }
    guard !gpus.isEmpty || remarks.isEmpty else {
      throw DescriptorError("GPUs", "are of no use: \(remarks.joined(separator: "; "))")
    }
  }

  /// Why a GPU, as `sr-gpu list` tells of it, cannot be offered; nil where it can, or where it is no such record.
  private static func unfitness(of gpu: JSON) -> String? {
    let reasons = gpu["reasons"]
    if gpu["usable"] == false {
      return reasons?["usable"]?.string ?? "it cannot be used"
    }
    for name in ["type", "memory"] where gpu[name] == .null {
      return "its \(name) is not known" + (reasons?[name]?.string.map { ": \($0)" } ?? "")
    }
    return nil
  }

  private static func gpu(_ members: DescriptorMembers) throws(DescriptorError)
    -> NodeDescriptor
    .GPU
  {
    let gpu = NodeDescriptor.GPU(
      type: try members.text("type"), name: try text(members, "name"),
      memory: try members.integer("memory"),
      count: isThere(members, "count") ? try members.integer("count") : 1,
      compute: try text(members, "compute"), driver: try text(members, "driver"))
    try gpu.check(members.path)
    return gpu
  }

  /// What is not known is left out, or null.
  private static func isThere(_ members: DescriptorMembers, _ name: String) -> Bool {
    ![nil, .null].contains(members.object[name])
  }

  private static func text(
    _ members: DescriptorMembers, _ name: String
  ) throws(DescriptorError) -> String? {
    isThere(members, name) ? try members.text(name) : nil
  }

  private mutating func add(_ gpu: NodeDescriptor.GPU, _ path: String) throws(DescriptorError) {
    func kind(_ gpu: NodeDescriptor.GPU) -> NodeDescriptor.GPU {
      var copy = gpu
      copy.count = 0
      return copy
    }
    guard let known = gpus.firstIndex(where: { kind($0) == kind(gpu) }) else {
      guard gpus.count < NodeDescriptor.listLimit else {
        throw DescriptorError(path, "is one of more than \(NodeDescriptor.listLimit) kinds")
      }
      gpus.append(gpu)
      return
    }
    gpus[known].count += gpu.count
    try gpus[known].check(path)
  }
}
