public import Computing

/// A device of OpenCL that runs kernels, one queue in order.
public final class OpenCLComputer: ComputeDevice {
  /// Which device.
  public let device: OpenCLDevice
  let functions: OpenCLFunctions
  let context: OpenCLObject
  let queue: OpenCLObject
  private let extensions: Set<Substring>
  private var programs: [KernelProgram: OpenCLObject] = [:]
  /// A second queue, for what goes on at the same time as the first.
  var secondQueue: OpenCLObject?

  /// Takes a device into use; the corresponding C functions are `clCreateContext` and `clCreateCommandQueue`.
  public init(_ device: OpenCLDevice) throws(ComputeError) {
    self.device = device
    functions = device.functions
    var handle: UnsafeMutableRawPointer? = unsafe device.handle.address
    var status: Int32 = 0
    let made = unsafe functions.createContext(nil, 1, &handle, nil, nil, &status)
    context = unsafe try Self.object(
      made, status, "clCreateContext", release: functions.releaseContext)
    queue = try Self.queue(device, context)
    let names = (try? device.text(.extensions)) ?? ""
    extensions = Set(names.split(separator: " "))
  }

  static func queue(
    _ device: OpenCLDevice, _ context: OpenCLObject
  ) throws(ComputeError) -> OpenCLObject {
    var status: Int32 = 0
    // CL_QUEUE_PROFILING_ENABLE
    let line = unsafe device.functions.createQueue(
      context.address, device.handle.address, 2, &status)
    return unsafe try object(
      line, status, "clCreateCommandQueue", owner: context,
      release: device.functions.releaseQueue)
  }

  /// OpenCL tells of no limit, and what lies below it has one: this many are safe.
  public var queueLimit: Int { 512 }

  /// Whether the device has the type, as its extensions say.
  public func supports(_ number: NumberKind) -> Bool {
    switch number {
    case .fp32, .int8: true
    case .fp64: extensions.contains("cl_khr_fp64")
    case .fp16: extensions.contains("cl_khr_fp16")
    case .bf16, .tf32, .fp8: false
    }
  }

  /// The corresponding C function is `clCreateBuffer`.
  public func allocate(_ byteCount: Int) throws(ComputeError) -> OpenCLObject {
    var status: Int32 = 0
    // CL_MEM_READ_WRITE
    let made = unsafe functions.createBuffer(context.address, 1, byteCount, nil, &status)
    do throws(ComputeError) {
      return unsafe try Self.object(
        made, status, "clCreateBuffer", owner: context, release: functions.releaseBuffer)
    } catch { throw .memory(byteCount, reason: error.description) }
  }

  /// The corresponding C function is `clEnqueueWriteBuffer`.
  public func write(_ bytes: [UInt8], to memory: OpenCLObject) throws(ComputeError) {
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe buffer.baseAddress.map {
        unsafe functions.enqueueWrite(
          queue.address, memory.address, 1, 0, buffer.count, $0, 0, nil, nil)
      } ?? 0
    }
    try check(status, "clEnqueueWriteBuffer")
  }

  /// The corresponding C function is `clEnqueueReadBuffer`.
  public func read(
    _ byteCount: Int, from memory: OpenCLObject
  ) throws(ComputeError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let status = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe buffer.baseAddress.map {
        unsafe functions.enqueueRead(
          queue.address, memory.address, 1, 0, buffer.count, $0, 0, nil, nil)
      } ?? 0
    }
    try check(status, "clEnqueueReadBuffer")
    return bytes
  }

  /// The corresponding C functions are `clBuildProgram`, once a program, and `clCreateKernel`.
  public func kernel(
    _ name: String, of program: KernelProgram
  ) throws(ComputeError) -> OpenCLObject {
    let built: OpenCLObject
    if let known = programs[program] { built = known } else { built = try build(program) }
    programs[program] = built
    var status: Int32 = 0
    let made = unsafe functions.createKernel(built.address, name, &status)
    return unsafe try Self.object(
      made, status, "clCreateKernel", owner: built, release: functions.releaseKernel)
  }

  private func build(_ program: KernelProgram) throws(ComputeError) -> OpenCLObject {
    guard let source = program.openCL else {
      throw .unsupported("OpenCL C has no \(program.name)")
    }
    var status: Int32 = 0
    let made = unsafe source.withCString { text in
      var line: UnsafePointer<CChar>? = unsafe text
      return unsafe functions.createProgram(context.address, 1, &line, nil, &status)
    }
    let object = unsafe try Self.object(
      made, status, "clCreateProgramWithSource", owner: context,
      release: functions.releaseProgram)
    status = unsafe functions.buildProgram(
      object.address, 0, nil, "-cl-std=CL1.2", nil, nil)
    guard status == 0 else {
      let reason = OpenCLError(code: status, call: "clBuildProgram").description
      throw .program(program.name, reason: "\(reason): \(buildLog(object))")
    }
    return object
  }

  /// The compiler's words, the first 2,000 bytes of them.
  private func buildLog(_ program: OpenCLObject) -> String {
    var count = 0
    let log: UInt32 = 0x1183
    let asked = unsafe functions.getBuildInfo(
      program.address, device.handle.address, log, 0, nil, &count)
    guard asked == 0, (1...1 << 24).contains(count) else { return "no reason given" }
    var bytes = [UInt8](repeating: 0, count: count)
    let status = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe functions.getBuildInfo(
        program.address, device.handle.address, log, count, buffer.baseAddress, nil)
    }
    guard status == 0 else { return "no reason given" }
    return String(decoding: bytes.prefix { $0 != 0 }.prefix(2000), as: UTF8.self)
  }

  // MARK: Calls

  func check(_ status: Int32, _ call: String) throws(ComputeError) {
    guard status == 0 else { throw .call(OpenCLError(code: status, call: call).description) }
  }

  static func object(
    _ address: OpenCLFunctions.Object?, _ status: Int32, _ call: String,
    owner: OpenCLObject? = nil, release: @escaping OpenCLFunctions.OnObject
  ) throws(ComputeError) -> OpenCLObject {
    guard let address = unsafe address, status == 0 else {
      throw .call(OpenCLError(code: status, call: call).description)
    }
    return unsafe OpenCLObject(address, owner: owner, release: release)
  }
}
