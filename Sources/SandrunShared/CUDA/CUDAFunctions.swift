internal import DynamicLibraries

/// The functions of the driver that tell of devices.
@safe struct CUDAFunctions: Sendable {
  typealias Number = UnsafeMutablePointer<Int32>
  typealias Initialise = @convention(c) (UInt32) -> Int32
  typealias GetNumber = @convention(c) (Number) -> Int32
  typealias DeviceGet = @convention(c) (Number, Int32) -> Int32
  typealias DeviceGetName = @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
  typealias DeviceGetUUID = @convention(c) (UnsafeMutableRawPointer, Int32) -> Int32
  typealias DeviceTotalMemory = @convention(c) (UnsafeMutablePointer<UInt>, Int32) -> Int32
  typealias DeviceGetAttribute = @convention(c) (Number, Int32, Int32) -> Int32
  typealias DeviceGetBusID = @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
  typealias GetErrorText =
    @convention(c) (Int32, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Int32

  let library: DynamicLibrary
  let initialise: Initialise
  let driverGetVersion: GetNumber
  let deviceGetCount: GetNumber
  let deviceGet: DeviceGet
  let deviceGetName: DeviceGetName
  let deviceGetUUID: DeviceGetUUID
  let deviceTotalMemory: DeviceTotalMemory
  let deviceGetAttribute: DeviceGetAttribute
  let deviceGetBusID: DeviceGetBusID
  let getErrorName: GetErrorText

  init(_ library: DynamicLibrary) throws(DynamicLibraryError) {
    self.library = library
    initialise = try library.function("cuInit", as: Initialise.self)
    unsafe driverGetVersion = try library.function("cuDriverGetVersion", as: GetNumber.self)
    unsafe deviceGetCount = try library.function("cuDeviceGetCount", as: GetNumber.self)
    unsafe deviceGet = try library.function("cuDeviceGet", as: DeviceGet.self)
    unsafe deviceGetName = try library.function("cuDeviceGetName", as: DeviceGetName.self)
    unsafe deviceGetUUID = try library.function("cuDeviceGetUuid", as: DeviceGetUUID.self)
    unsafe deviceTotalMemory = try library.function(
      "cuDeviceTotalMem_v2", as: DeviceTotalMemory.self)
    unsafe deviceGetAttribute = try library.function(
      "cuDeviceGetAttribute", as: DeviceGetAttribute.self)
    unsafe deviceGetBusID = try library.function("cuDeviceGetPCIBusId", as: DeviceGetBusID.self)
    unsafe getErrorName = try library.function("cuGetErrorName", as: GetErrorText.self)
  }

  /// Throws for every status but success, with the driver's own name of it.
  func check(_ code: Int32, _ call: String) throws(CUDAError) {
    guard code != 0 else { return }
    var name: UnsafePointer<CChar>?
    let status = unsafe getErrorName(code, &name)
    let text = status == 0 ? unsafe name.map { unsafe String(cString: $0) } : nil
    throw CUDAError(code: code, call: call, name: text)
  }
}
