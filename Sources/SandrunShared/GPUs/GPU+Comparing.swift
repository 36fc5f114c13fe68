internal import CUDA
internal import NVML
internal import Records

extension GPU {
  /// Notes where CUDA, NVML and the kernel's module say different things of this GPU.
  mutating func compare(_ cuda: CUDADevice?, _ nvml: NVMLDevice?, _ kernel: ProcDriver) {
    guard let cuda, let nvml else { return }
    // An instance of a GPU that is cut up is a device of its own to CUDA, and none to the others.
    guard (try? nvml.instances().now) != true else { return }
    if let ours = try? cuda.uuid(), let theirs = try? nvml.uuid(),
      GPU.text(ofUUID: ours).lowercased() != theirs.lowercased()
    {
      disagree("uuid", ["cuda": .string(GPU.text(ofUUID: ours)), "nvml": .string(theirs)])
    }
    let entry = uuid.flatMap { uuid in kernel.entries.first { $0.uuid == uuid.lowercased() } }
    if uuid != nil, entry == nil, kernel.entries.contains(where: { $0.uuid != nil }) {
      disagree("uuid", ["cuda": facts["uuid"], "proc": .null])
    }
    let names = [
      "cuda": try? cuda.name(), "nvml": try? nvml.name(), "proc": entry?.name,
    ].compactMapValues { $0 }
    if Set(names.values).count > 1 {
      disagree(
        "name",
        ["cuda", "nvml", "proc"].reduce(into: [:]) { words, source in
          if let name = names[source] { words[source] = .string(name) }
        })
    }
    // CUDA leaves out what the driver keeps for itself; that is little.
    if let ours = try? cuda.totalMemory(), let theirs = try? nvml.memory().total,
      ours > theirs || theirs - ours > theirs / 8
    {
      disagree("memory", ["cuda": .integer(ours), "nvml": .integer(theirs)])
    }
  }

  private mutating func disagree(_ what: String, _ words: [String: JSON?]) {
    var disagreement: JSONObject = ["what": .string(what)]
    for source in ["cuda", "nvml", "proc"] {
      if let word = words[source] { disagreement[source] = word ?? .null }
    }
    disagreements.append(disagreement)
  }
}
