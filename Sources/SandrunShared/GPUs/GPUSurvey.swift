internal import CUDA
internal import DynamicLibraries
internal import NVML
internal import OpenCL
internal import Records
internal import SystemPackage

/// A look at all GPUs of this machine, through every interface that is here.
public struct GPUSurvey: Sendable {
  /// What was found, NVIDIA's in the order of the bus, then those behind OpenCL alone.
  public private(set) var gpus: [GPU] = []
  /// What kept an interface from being asked, for whoever finds too little: the interface, and why.
  public private(set) var obstacles: [(interface: String, reason: String)] = []

  /// Looks.
  ///
  /// The machine's own processor is no GPU: it is shown where `processors` says so and OpenCL drives it. Throws nothing: an
  /// interface that fails is an obstacle, and a device that fails says so in its facts.
  public init(_ backends: [GPU.Backend] = GPU.Backend.allCases, processors: Bool = false) {
    if backends.contains(.cuda) { lookThroughCUDA() }
    if backends.contains(.opencl) { lookThroughOpenCL(processors) }
    for index in gpus.indices { gpus[index].index = index }
  }

  // MARK: NVIDIA's own interfaces

  private mutating func lookThroughCUDA() {
    var versions = Facts()
    var cuda: [CUDADevice] = []
    do {
      let driver = try CUDADriver()
      cuda = try driver.devices()
      versions.ask("cuda") { () throws(CUDAError) in .string(try driver.version()) }
    } catch {
      obstacles.append(("CUDA", "\(error)"))
      versions.lack("cuda", because: "\(error)")
    }
    var watched: [Result<NVMLDevice, Unanswered>] = []
    var silence = Unanswered("NVML does not show this GPU")
    var works = false
    do {
      let library = try NVML()
      watched = try library.devices().map { $0.mapError { Unanswered($0) } }
      works = true
      versions.ask("driver") { () throws(NVMLError) in .string(try library.driverVersion()) }
    } catch {
      silence = Unanswered("\(error)")
      obstacles.append(("NVML", "\(error)"))
      versions.lack("driver", because: "\(error)")
    }
    versions.lack("opencl", because: "it is driven through CUDA")
    versions.lack("platform", because: "it is driven through CUDA")
    pair(cuda, watched, silence: silence, works: works, versions)
  }

  /// Puts together what each interface says of the same GPU, by UUID and, where that tells of none, by its place on the bus: their orders
  /// differ, and one may hide what the other shows.
  private mutating func pair(
    _ cuda: [CUDADevice], _ watched: [Result<NVMLDevice, Unanswered>], silence: Unanswered,
    works: Bool, _ versions: Facts
  ) {
    var unpaired = cuda
    var pairs = [CUDADevice?](repeating: nil, count: watched.count)
    for sign in [Self.isSameByUUID, Self.isSameByPlace] {
      for (index, entry) in watched.enumerated() where pairs[index] == nil {
        guard let entry = try? entry.get() else { continue }
        pairs[index] = unpaired.firstIndex { sign($0, entry) }.map { unpaired.remove(at: $0) }
      }
    }
    let kernel = ProcDriver()
    for (device, entry) in zip(pairs, watched) { append(device, entry, versions, kernel) }
    for device in unpaired {
      append(device, .failure(silence), versions, kernel)
      // CUDA may be told to hide GPUs, NVML never; one that is lost has no UUID there.
      guard works, watched.allSatisfy({ (try? $0.get()) != nil }) else { continue }
      gpus[gpus.count - 1].disagreements.append([
        "what": "presence", "cuda": true, "nvml": false,
      ])
    }
    let seen = gpus.count
    if !watched.isEmpty, !kernel.entries.isEmpty, kernel.entries.count != watched.count {
      note(
        "count",
        ["nvml": .integer(watched.count), "proc": .integer(kernel.entries.count)], upTo: seen)
    }
  }

  private static func isSameByUUID(_ cuda: CUDADevice, _ nvml: NVMLDevice) -> Bool {
    guard let ours = try? cuda.uuid(), let theirs = try? nvml.uuid() else { return false }
    return GPU.text(ofUUID: ours).lowercased() == theirs.lowercased()
  }

  private static func isSameByPlace(_ cuda: CUDADevice, _ nvml: NVMLDevice) -> Bool {
    guard let ours = try? cuda.busID(), let theirs = try? nvml.busID() else { return false }
    return BusPlace(ours).map { $0 == BusPlace(theirs) } ?? false
  }

  private mutating func append(
    _ cuda: CUDADevice?, _ nvml: Result<NVMLDevice, Unanswered>, _ versions: Facts,
    _ kernel: ProcDriver
  ) {
    var gpu = GPU(
      index: gpus.count, backend: .cuda, backendIndex: cuda?.index,
      facts: GPU.facts(cuda, nvml, versions: versions))
    gpu.watchIndex = (try? nvml.get())?.index
    gpu.compare(cuda, try? nvml.get(), kernel)
    gpus.append(gpu)
  }

  private mutating func note(_ what: String, _ words: JSONObject, upTo count: Int) {
    var disagreement: JSONObject = ["what": .string(what)]
    for word in words.members { disagreement[word.name] = word.value }
    for index in 0..<count { gpus[index].disagreements.append(disagreement) }
  }

  // MARK: OpenCL

  private mutating func lookThroughOpenCL(_ processors: Bool) {
    do {
      let known = Set(gpus.compactMap(\.uuid))
      let hasCUDA = gpus.contains { $0.backend == .cuda && $0.backendIndex != nil }
      for (index, device) in try OpenCL().devices().enumerated() {
        guard processors || (try? device.kind()) != .cpu else { continue }
        let facts = GPU.facts(device)
        // NVIDIA's driver shows the same GPUs here again.
        if let uuid = facts["uuid"]?.string, known.contains(uuid) { continue }
        if hasCUDA, facts["platform"]?.string == "NVIDIA CUDA" { continue }
        gpus.append(
          GPU(index: gpus.count, backend: .opencl, backendIndex: index, facts: facts))
      }
    } catch {
      obstacles.append(("OpenCL", "\(error)"))
    }
  }
}
