/// A device that runs kernels, whatever drives it: what measurements and attestation need, and no more.
///
/// Memory and kernels belong to the device that gave them, and may be used with no other. All calls come from one thread at a time.
public protocol ComputeDevice {
  /// Memory of the device.
  associatedtype Memory
  /// A kernel that was compiled for the device.
  associatedtype Kernel

  /// How many launches it holds in its queue before the first must begin.
  var queueLimit: Int { get }

  /// Whether kernels can compute with a kind of number.
  func supports(_ number: NumberKind) -> Bool

  /// Memory of so many bytes, of unknown content; freed with the last reference.
  func allocate(_ byteCount: Int) throws(ComputeError) -> Memory

  /// Copies bytes to the start of memory, and waits for it.
  func write(_ bytes: [UInt8], to memory: Memory) throws(ComputeError)

  /// The first bytes of memory.
  func read(_ byteCount: Int, from memory: Memory) throws(ComputeError) -> [UInt8]

  /// Compiles a program, and gives one of its kernels.
  func kernel(_ name: String, of program: KernelProgram) throws(ComputeError) -> Kernel

  /// Runs launches one after another, queued as a whole before the first begins, and gives the seconds from the start of the first to
  /// the end of the last by the device's own clock.
  func time(_ launches: [Launch<Memory, Kernel>]) throws(ComputeError) -> Double

  /// Memory of the host that copies start from or end in; `pinned` memory stays where it is, so that the device fetches it by itself.
  func allocateHost(_ byteCount: Int, pinned: Bool) throws(ComputeError) -> HostMemory

  /// Copies between host and device, each lane in its order and all lanes at once, and gives the seconds from the start of the first
  /// to the end of the last.
  func time(lanes: [[Transfer<Memory>]]) throws(ComputeError) -> Double

  /// What is to be known of the times that it gives from now on, for people: that nothing holds the queue any more, say.
  var notes: [String] { get }
}

extension ComputeDevice {
  /// Nothing is.
  public var notes: [String] { [] }
}

/// What kernels compute with.
public enum NumberKind: String, CaseIterable, Sendable {
  case fp64, fp32, fp16, bf16, tf32, int8, fp8
}

/// The source of kernels for each language that a device may take.
public struct KernelProgram: Hashable, Sendable {
  /// PTX, which every NVIDIA GPU from a compute capability on takes.
  public struct PTX: Hashable, Sendable {
    /// The least compute capability, as `80` for 8.0.
    public var target: Int
    /// The module.
    public var text: String

    /// Makes it from its parts.
    public init(target: Int, text: String) {
      self.target = target
      self.text = text
    }
  }

  /// For messages.
  public var name: String
  /// OpenCL C 1.2; nil where there is none.
  public var openCL: String?
  /// PTX; nil where there is none.
  public var ptx: PTX?

  /// Makes it from its parts.
  public init(name: String, openCL: String?, ptx: PTX? = nil) {
    self.name = name
    self.openCL = openCL
    self.ptx = ptx
  }
}

/// One run of a kernel.
public struct Launch<Memory, Kernel> {
  /// What a kernel is given.
  public enum Argument {
    case memory(Memory)
    case uint32(UInt32)
    case float(Float)
    case double(Double)
  }

  /// What runs.
  public var kernel: Kernel
  /// How many groups, and how many work items in each.
  public var groups: Int
  /// How many work items are in a group.
  public var groupSize: Int
  /// In the order of the kernel's parameters.
  public var arguments: [Argument]

  /// Makes it from its parts.
  public init(_ kernel: Kernel, groups: Int, groupSize: Int, _ arguments: [Argument]) {
    self.kernel = kernel
    self.groups = groups
    self.groupSize = groupSize
    self.arguments = arguments
  }
}

/// Why a device did not do what it was asked.
public enum ComputeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The device has no such thing: no failure, and nothing to wait for.
  case unsupported(String)
  /// A call of the driver failed: the call, the code and its name.
  case call(String)
  /// A program is not for this device, or its compiler refused it; the compiler's words.
  case program(String, reason: String)
  /// There is no memory for what was asked, in bytes.
  case memory(Int, reason: String)

  /// What a person reads.
  public var description: String {
    switch self {
    case .unsupported(let reason): reason
    case .call(let reason): reason
    case .program(let name, let reason): "the kernels \"\(name)\" cannot be built: \(reason)"
    case .memory(let bytes, let reason): "no \(bytes) bytes of memory: \(reason)"
    }
  }
}
