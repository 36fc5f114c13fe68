public import Computing
internal import DynamicLibraries

/// A GPU of NVIDIA's that runs kernels, one stream in order.
@safe public final class CUDAComputer: ComputeDevice {
  /// Which device.
  public let device: CUDADevice
  /// The compute capability, as `80` for 8.0.
  public let compute: Int
  let calls: CUDACalls
  let context: CUDAContext
  let stream: CUDAObject
  /// A second stream, for what goes on at the same time as the first.
  var secondStream: CUDAObject?
  let gate: CUDAGate
  private var modules: [KernelProgram: CUDAObject] = [:]
  /// That nothing holds the stream any more, once what held it gave up.
  public internal(set) var notes: [String] = []

  /// Takes a device into use; the corresponding C functions are `cuDevicePrimaryCtxRetain` and `cuStreamCreate`.
  public init(_ device: CUDADevice) throws(ComputeError) {
    self.device = device
    do throws(CUDAError) {
      compute =
        try device.attribute(.computeMajor) * 10 + device.attribute(.computeMinor)
    } catch { throw .call(error.description) }
    guard compute >= 70 else {
      throw .unsupported(
        "it has compute capability \(compute / 10).\(compute % 10), and 7.0 is needed")
    }
    do throws(DynamicLibraryError) { calls = try CUDACalls(device.functions) } catch {
      throw .call(error.description)
    }
    context = try CUDAContext(calls, device: device.handle)
    try context.enter()
    stream = try Self.stream(context)
    gate = try CUDAGate(context)
  }

  static func stream(_ context: CUDAContext) throws(ComputeError) -> CUDAObject {
    var handle: CUDACalls.Handle?
    let calls = context.calls
    // CU_STREAM_NON_BLOCKING: it waits for no other stream.
    try calls.check(unsafe calls.createStream(&handle, 1), "cuStreamCreate")
    return unsafe try CUDAObject(
      handle, "cuStreamCreate", in: context, release: calls.destroyStream)
  }

  /// The driver holds 1,024 launches of a stream; half of that is safe.
  public var queueLimit: Int { 512 }

  /// What every GPU of a compute capability has.
  ///
  /// `mma.sync` multiplies fp8 itself on Ada and on Blackwell's graphics cards alone: for 9.0 and 10.x the assembler puts something else in its
  /// place, which is no measure of their units.
  public func supports(_ number: NumberKind) -> Bool {
    switch number {
    case .fp64, .fp32, .fp16, .int8: compute >= 70
    case .bf16, .tf32: compute >= 80
    case .fp8: compute == 89 || compute >= 120
    }
  }

  /// The memory that can still be allocated, in bytes, of an instance its own; the corresponding C function is `cuMemGetInfo`.
  public func freeMemory() throws(ComputeError) -> Int {
    try context.enter()
    var (free, all): (UInt, UInt) = (0, 0)
    let call = "cuMemGetInfo"
    try calls.check(unsafe calls.memoryInfo(&free, &all), call)
    guard free <= all, all < 1 << 53 else {
      throw .call(CUDAError.nonsense(call, max(free, all)).description)
    }
    return Int(free)
  }

  /// The corresponding C function is `cuMemAlloc`.
  public func allocate(_ byteCount: Int) throws(ComputeError) -> CUDAMemory {
    try context.enter()
    var address: UInt64 = 0
    do throws(ComputeError) {
      try calls.check(unsafe calls.allocate(&address, byteCount), "cuMemAlloc")
    } catch { throw .memory(byteCount, reason: error.description) }
    return CUDAMemory(address, in: context)
  }

  /// The corresponding C function is `cuMemcpyHtoDAsync`, then `cuStreamSynchronize`.
  public func write(_ bytes: [UInt8], to memory: CUDAMemory) throws(ComputeError) {
    try write(bytes, to: memory, at: 0)
  }

  /// The same from a place on, in bytes.
  public func write(
    _ bytes: [UInt8], to memory: CUDAMemory, at place: Int
  ) throws(ComputeError) {
    try context.enter()
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe buffer.baseAddress.map {
        unsafe calls.copyUp(memory.address + UInt64(place), $0, buffer.count, stream.handle)
      } ?? 0
    }
    try calls.check(status, "cuMemcpyHtoDAsync")
    try synchronise()
  }

  /// The corresponding C function is `cuMemcpyDtoHAsync`, then `cuStreamSynchronize`.
  public func read(
    _ byteCount: Int, from memory: CUDAMemory
  ) throws(ComputeError) -> [UInt8] {
    try read(byteCount, from: memory, at: 0)
  }

  /// The same from a place on, in bytes.
  public func read(
    _ byteCount: Int, from memory: CUDAMemory, at place: Int
  ) throws(ComputeError) -> [UInt8] {
    try context.enter()
    var bytes = [UInt8](repeating: 0, count: byteCount)
    // It must have arrived while the array's place is known.
    let (status, waited) = unsafe bytes.withUnsafeMutableBytes { buffer -> (Int32, Int32) in
      guard let start = buffer.baseAddress else { return (0, 0) }
      let status = unsafe calls.copyDown(
        start, memory.address + UInt64(place), buffer.count, stream.handle)
      return (status, unsafe calls.synchronise(stream.handle))
    }
    try calls.check(status, "cuMemcpyDtoHAsync")
    try calls.check(waited, "cuStreamSynchronize")
    return bytes
  }

  func synchronise() throws(ComputeError) {
    try calls.check(unsafe calls.synchronise(stream.handle), "cuStreamSynchronize")
  }

  /// The corresponding C functions are `cuModuleLoadDataEx`, once a program, and `cuModuleGetFunction`.
  public func kernel(
    _ name: String, of program: KernelProgram
  ) throws(ComputeError) -> CUDAObject {
    guard let ptx = program.ptx else {
      throw .unsupported("there is no PTX for \(program.name)")
    }
    guard compute >= ptx.target else {
      throw .unsupported(
        "\(program.name) needs compute capability \(ptx.target / 10).\(ptx.target % 10)")
    }
    try context.enter()
    let module: CUDAObject
    if let known = modules[program] {
      module = known
    } else {
      module = try CUDAModule.load(ptx.text, named: program.name, in: context)
    }
    modules[program] = module
    return try CUDAModule.kernel(name, of: module, in: context)
  }
}

/// Programs in PTX, which the driver compiles for the GPU at hand.
enum CUDAModule {
  static func load(
    _ text: String, named name: String, in context: CUDAContext
  ) throws(ComputeError) -> CUDAObject {
    let calls = context.calls
    var log = [UInt8](repeating: 0, count: 8192)
    var handle: CUDACalls.Handle?
    // CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES; the size is passed as a pointer.
    var options: [Int32] = [5, 6]
    let status = unsafe log.withUnsafeMutableBytes { buffer in
      var values: [UnsafeMutableRawPointer?] = unsafe [
        buffer.baseAddress, UnsafeMutableRawPointer(bitPattern: buffer.count - 1),
      ]
      return unsafe text.withCString { text in
        unsafe calls.loadModule(&handle, text, 2, &options, &values)
      }
    }
    // CUDA_ERROR_UNSUPPORTED_PTX_VERSION
    if status == 222 {
      let version = text.prefix { $0 != "\n" }.split(separator: " ").last ?? ""
      throw .unsupported("the driver is too old for PTX \(version)")
    }
    do throws(ComputeError) { try calls.check(status, "cuModuleLoadDataEx") } catch {
      let words = String(decoding: log.prefix { $0 != 0 }.prefix(2000), as: UTF8.self)
      // What the compiler did not refuse is a failure of the driver.
      guard !words.isEmpty else { throw error }
      throw .program(name, reason: "\(error): \(words)")
    }
    return unsafe try CUDAObject(
      handle, "cuModuleLoadDataEx", in: context, release: calls.unloadModule)
  }

  static func kernel(
    _ name: String, of module: CUDAObject, in context: CUDAContext
  ) throws(ComputeError) -> CUDAObject {
    var handle: CUDACalls.Handle?
    let status = unsafe name.withCString { name in
      unsafe context.calls.getFunction(&handle, module.handle, name)
    }
    try context.calls.check(status, "cuModuleGetFunction")
    return unsafe try CUDAObject(
      handle, "cuModuleGetFunction", in: context, owner: module, release: nil)
  }
}
