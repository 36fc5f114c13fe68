internal import DynamicLibraries

/// The functions of the ICD loader that tell of devices.
@safe struct OpenCLFunctions: Sendable {
  typealias Handles = UnsafeMutablePointer<UnsafeMutableRawPointer?>
  typealias GetPlatformIDs =
    @convention(c) (UInt32, Handles?, UnsafeMutablePointer<UInt32>?) -> Int32
  typealias GetDeviceIDs =
    @convention(c) (
      UnsafeMutableRawPointer?, UInt64, UInt32, Handles?, UnsafeMutablePointer<UInt32>?
    ) -> Int32
  typealias GetInfo =
    @convention(c) (
      UnsafeMutableRawPointer?, UInt32, Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?
    ) -> Int32

  let getPlatformIDs: GetPlatformIDs
  let getDeviceIDs: GetDeviceIDs
  let getPlatformInfo: GetInfo
  let getDeviceInfo: GetInfo

  init(_ library: DynamicLibrary) throws(DynamicLibraryError) {
    unsafe getPlatformIDs = try library.function("clGetPlatformIDs", as: GetPlatformIDs.self)
    unsafe getDeviceIDs = try library.function("clGetDeviceIDs", as: GetDeviceIDs.self)
    unsafe getPlatformInfo = try library.function("clGetPlatformInfo", as: GetInfo.self)
    unsafe getDeviceInfo = try library.function("clGetDeviceInfo", as: GetInfo.self)
  }
}
