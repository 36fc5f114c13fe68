internal import DynamicLibraries

/// The functions of the ICD loader that are called here.
@safe struct OpenCLFunctions: Sendable {
  typealias Object = UnsafeMutableRawPointer
  typealias Handles = UnsafeMutablePointer<UnsafeMutableRawPointer?>
  typealias Status = UnsafeMutablePointer<Int32>
  typealias Sizes = UnsafePointer<Int>

  typealias GetPlatformIDs =
    @convention(c) (UInt32, Handles?, UnsafeMutablePointer<UInt32>?) -> Int32
  typealias GetDeviceIDs =
    @convention(c) (Object?, UInt64, UInt32, Handles?, UnsafeMutablePointer<UInt32>?) -> Int32
  typealias GetInfo =
    @convention(c) (Object?, UInt32, Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?) ->
    Int32
  typealias CreateContext =
    @convention(c) (Sizes?, UInt32, Handles, Object?, Object?, Status) -> Object?
  typealias CreateQueue = @convention(c) (Object, Object, UInt64, Status) -> Object?
  typealias CreateProgram =
    @convention(c) (
      Object, UInt32, UnsafeMutablePointer<UnsafePointer<CChar>?>, Sizes?, Status
    ) -> Object?
  typealias BuildProgram =
    @convention(c) (Object, UInt32, Handles?, UnsafePointer<CChar>?, Object?, Object?) -> Int32
  typealias GetBuildInfo =
    @convention(c) (
      Object, Object, UInt32, Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?
    ) -> Int32
  typealias CreateKernel = @convention(c) (Object, UnsafePointer<CChar>, Status) -> Object?
  typealias SetArgument = @convention(c) (Object, UInt32, Int, UnsafeRawPointer?) -> Int32
  typealias CreateBuffer =
    @convention(c) (Object, UInt64, Int, UnsafeMutableRawPointer?, Status) -> Object?
  typealias EnqueueKernel =
    @convention(c) (
      Object, Object, UInt32, Sizes?, Sizes, Sizes?, UInt32, Handles?, Handles?
    ) -> Int32
  typealias EnqueueRead =
    @convention(c) (
      Object, Object, UInt32, Int, Int, UnsafeMutableRawPointer, UInt32, Handles?, Handles?
    ) -> Int32
  typealias EnqueueWrite =
    @convention(c) (
      Object, Object, UInt32, Int, Int, UnsafeRawPointer, UInt32, Handles?, Handles?
    ) -> Int32
  typealias EnqueueMap =
    @convention(c) (
      Object, Object, UInt32, UInt64, Int, Int, UInt32, Handles?, Handles?, Status
    ) -> Object?
  typealias EnqueueUnmap =
    @convention(c) (Object, Object, Object, UInt32, Handles?, Handles?) -> Int32
  typealias CreateEvent = @convention(c) (Object, Status) -> Object?
  typealias SetEvent = @convention(c) (Object, Int32) -> Int32
  typealias OnObject = @convention(c) (Object) -> Int32

  let getPlatformIDs: GetPlatformIDs
  let getDeviceIDs: GetDeviceIDs
  let getPlatformInfo: GetInfo
  let getDeviceInfo: GetInfo
  let createContext: CreateContext
  let createQueue: CreateQueue
  let createProgram: CreateProgram
  let buildProgram: BuildProgram
  let getBuildInfo: GetBuildInfo
  let createKernel: CreateKernel
  let setArgument: SetArgument
  let createBuffer: CreateBuffer
  let enqueueKernel: EnqueueKernel
  let enqueueRead: EnqueueRead
  let enqueueWrite: EnqueueWrite
  let enqueueMap: EnqueueMap
  let enqueueUnmap: EnqueueUnmap
  let createUserEvent: CreateEvent
  let setUserEvent: SetEvent
  let getProfile: GetInfo
  let flush: OnObject
  let finish: OnObject
  let releaseContext: OnObject
  let releaseQueue: OnObject
  let releaseProgram: OnObject
  let releaseKernel: OnObject
  let releaseBuffer: OnObject
  let releaseEvent: OnObject

  init(_ library: DynamicLibrary) throws(DynamicLibraryError) {
    unsafe getPlatformIDs = try library.function("clGetPlatformIDs", as: GetPlatformIDs.self)
    unsafe getDeviceIDs = try library.function("clGetDeviceIDs", as: GetDeviceIDs.self)
    unsafe getPlatformInfo = try library.function("clGetPlatformInfo", as: GetInfo.self)
    unsafe getDeviceInfo = try library.function("clGetDeviceInfo", as: GetInfo.self)
    unsafe createContext = try library.function("clCreateContext", as: CreateContext.self)
    // Since 2.0 there is another with properties; this one is in every loader.
    unsafe createQueue = try library.function("clCreateCommandQueue", as: CreateQueue.self)
    unsafe createProgram = try library.function(
      "clCreateProgramWithSource", as: CreateProgram.self)
    unsafe buildProgram = try library.function("clBuildProgram", as: BuildProgram.self)
    unsafe getBuildInfo = try library.function("clGetProgramBuildInfo", as: GetBuildInfo.self)
    unsafe createKernel = try library.function("clCreateKernel", as: CreateKernel.self)
    unsafe setArgument = try library.function("clSetKernelArg", as: SetArgument.self)
    unsafe createBuffer = try library.function("clCreateBuffer", as: CreateBuffer.self)
    unsafe enqueueKernel = try library.function("clEnqueueNDRangeKernel", as: EnqueueKernel.self)
    unsafe enqueueRead = try library.function("clEnqueueReadBuffer", as: EnqueueRead.self)
    unsafe enqueueWrite = try library.function("clEnqueueWriteBuffer", as: EnqueueWrite.self)
    unsafe enqueueMap = try library.function("clEnqueueMapBuffer", as: EnqueueMap.self)
    unsafe enqueueUnmap = try library.function(
      "clEnqueueUnmapMemObject", as: EnqueueUnmap.self)
    unsafe createUserEvent = try library.function("clCreateUserEvent", as: CreateEvent.self)
    unsafe setUserEvent = try library.function("clSetUserEventStatus", as: SetEvent.self)
    unsafe getProfile = try library.function("clGetEventProfilingInfo", as: GetInfo.self)
    unsafe flush = try library.function("clFlush", as: OnObject.self)
    unsafe finish = try library.function("clFinish", as: OnObject.self)
    unsafe releaseContext = try library.function("clReleaseContext", as: OnObject.self)
    unsafe releaseQueue = try library.function("clReleaseCommandQueue", as: OnObject.self)
    unsafe releaseProgram = try library.function("clReleaseProgram", as: OnObject.self)
    unsafe releaseKernel = try library.function("clReleaseKernel", as: OnObject.self)
    unsafe releaseBuffer = try library.function("clReleaseMemObject", as: OnObject.self)
    unsafe releaseEvent = try library.function("clReleaseEvent", as: OnObject.self)
  }
}
