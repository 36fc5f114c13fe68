internal import Computing
internal import DynamicLibraries

/// The functions of the driver that compute; looked up when a device is taken into use, since telling of devices needs none of them.
@safe final class CUDACalls: Sendable {
  typealias Handle = UnsafeMutableRawPointer
  typealias Handles = UnsafeMutablePointer<UnsafeMutableRawPointer?>
  typealias Address = UnsafeMutablePointer<UInt64>
  typealias Text = UnsafePointer<CChar>

  typealias RetainContext = @convention(c) (Handles, Int32) -> Int32
  typealias OfDevice = @convention(c) (Int32) -> Int32
  typealias OfHandle = @convention(c) (Handle) -> Int32
  typealias Allocate = @convention(c) (Address, Int) -> Int32
  typealias MemoryInfo =
    @convention(c) (UnsafeMutablePointer<UInt>, UnsafeMutablePointer<UInt>) -> Int32
  typealias Free = @convention(c) (UInt64) -> Int32
  typealias AllocateHost = @convention(c) (Handles, Int, UInt32) -> Int32
  typealias HostAddress = @convention(c) (Address, Handle, UInt32) -> Int32
  typealias CopyUp = @convention(c) (UInt64, UnsafeRawPointer, Int, Handle) -> Int32
  typealias CopyDown = @convention(c) (UnsafeMutableRawPointer, UInt64, Int, Handle) -> Int32
  typealias LoadModule =
    @convention(c) (Handles, UnsafeRawPointer, UInt32, UnsafeMutablePointer<Int32>, Handles) ->
    Int32
  typealias GetFunction = @convention(c) (Handles, Handle, Text) -> Int32
  typealias LaunchKernel =
    @convention(c) (
      Handle, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, Handle, Handles, Handles?
    ) -> Int32
  typealias Create = @convention(c) (Handles, UInt32) -> Int32
  typealias WaitEvent = @convention(c) (Handle, Handle, UInt32) -> Int32
  typealias RecordEvent = @convention(c) (Handle, Handle) -> Int32
  typealias ElapsedTime =
    @convention(c) (UnsafeMutablePointer<Float>, Handle, Handle) -> Int32

  let functions: CUDAFunctions
  let retainContext: RetainContext
  let releaseContext: OfDevice
  let setContext: OfHandle
  let allocate: Allocate
  let memoryInfo: MemoryInfo
  let free: Free
  let allocateHost: AllocateHost
  let freeHost: OfHandle
  let hostAddress: HostAddress
  let copyUp: CopyUp
  let copyDown: CopyDown
  let loadModule: LoadModule
  let unloadModule: OfHandle
  let getFunction: GetFunction
  let launchKernel: LaunchKernel
  let createStream: Create
  let destroyStream: OfHandle
  let synchronise: OfHandle
  let waitEvent: WaitEvent
  let createEvent: Create
  let destroyEvent: OfHandle
  let recordEvent: RecordEvent
  let elapsedTime: ElapsedTime

  init(_ functions: CUDAFunctions) throws(DynamicLibraryError) {
    self.functions = functions
    let library = functions.library
    unsafe retainContext = try library.function(
      "cuDevicePrimaryCtxRetain", as: RetainContext.self)
    releaseContext = try library.function("cuDevicePrimaryCtxRelease_v2", as: OfDevice.self)
    unsafe setContext = try library.function("cuCtxSetCurrent", as: OfHandle.self)
    unsafe allocate = try library.function("cuMemAlloc_v2", as: Allocate.self)
    unsafe memoryInfo = try library.function("cuMemGetInfo_v2", as: MemoryInfo.self)
    free = try library.function("cuMemFree_v2", as: Free.self)
    unsafe allocateHost = try library.function("cuMemHostAlloc", as: AllocateHost.self)
    unsafe freeHost = try library.function("cuMemFreeHost", as: OfHandle.self)
    unsafe hostAddress = try library.function(
      "cuMemHostGetDevicePointer_v2", as: HostAddress.self)
    unsafe copyUp = try library.function("cuMemcpyHtoDAsync_v2", as: CopyUp.self)
    unsafe copyDown = try library.function("cuMemcpyDtoHAsync_v2", as: CopyDown.self)
    unsafe loadModule = try library.function("cuModuleLoadDataEx", as: LoadModule.self)
    unsafe unloadModule = try library.function("cuModuleUnload", as: OfHandle.self)
    unsafe getFunction = try library.function("cuModuleGetFunction", as: GetFunction.self)
    unsafe launchKernel = try library.function("cuLaunchKernel", as: LaunchKernel.self)
    unsafe createStream = try library.function("cuStreamCreate", as: Create.self)
    unsafe destroyStream = try library.function("cuStreamDestroy_v2", as: OfHandle.self)
    unsafe synchronise = try library.function("cuStreamSynchronize", as: OfHandle.self)
    unsafe waitEvent = try library.function("cuStreamWaitEvent", as: WaitEvent.self)
    unsafe createEvent = try library.function("cuEventCreate", as: Create.self)
    unsafe destroyEvent = try library.function("cuEventDestroy_v2", as: OfHandle.self)
    unsafe recordEvent = try library.function("cuEventRecord", as: RecordEvent.self)
    unsafe elapsedTime = try library.function("cuEventElapsedTime", as: ElapsedTime.self)
  }

  func check(_ status: Int32, _ call: String) throws(ComputeError) {
    do throws(CUDAError) { try functions.check(status, call) } catch {
      throw .call(error.description)
    }
  }
}

/// The primary context of a device, which other libraries in this process would use, too.
@safe final class CUDAContext {
  let calls: CUDACalls
  private let device: Int32
  let handle: CUDACalls.Handle

  init(_ calls: CUDACalls, device: Int32) throws(ComputeError) {
    self.calls = calls
    self.device = device
    var handle: CUDACalls.Handle?
    try calls.check(unsafe calls.retainContext(&handle, device), "cuDevicePrimaryCtxRetain")
    guard let handle = unsafe handle else {
      throw .call("cuDevicePrimaryCtxRetain gave no context")
    }
    unsafe self.handle = handle
  }

  deinit { _ = calls.releaseContext(device) }

  /// Makes it that of this thread: a task may go on in another than it began in.
  func enter() throws(ComputeError) {
    try calls.check(unsafe calls.setContext(handle), "cuCtxSetCurrent")
  }

  /// The same where nothing can be done about a failure.
  func tryToEnter() { _ = unsafe calls.setContext(handle) }
}

/// An object of the driver's that is given back once, when nobody refers to it any more.
@safe public final class CUDAObject {
  let handle: CUDACalls.Handle
  private let context: CUDAContext
  private let release: CUDACalls.OfHandle?
  /// What it lies in: a kernel's module.
  private let owner: CUDAObject?
  /// Whether a kernel has run before: what is still missing of it is loaded then, which may wait for all that runs.
  var hasRun = false

  init(
    _ handle: CUDACalls.Handle?, _ call: String, in context: CUDAContext,
    owner: CUDAObject? = nil, release: CUDACalls.OfHandle?
  ) throws(ComputeError) {
    guard let handle = unsafe handle else { throw .call("\(call) gave nothing") }
    unsafe self.handle = handle
    self.context = context
    self.owner = owner
    unsafe self.release = release
  }

  deinit {
    guard let release = unsafe release else { return }
    context.tryToEnter()
    _ = unsafe release(handle)
  }
}

/// Memory of the device.
public final class CUDAMemory {
  let address: UInt64
  private let context: CUDAContext

  init(_ address: UInt64, in context: CUDAContext) {
    self.address = address
    self.context = context
  }

  deinit {
    context.tryToEnter()
    _ = context.calls.free(address)
  }
}
