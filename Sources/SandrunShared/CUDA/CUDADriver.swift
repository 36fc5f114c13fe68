public import DynamicLibraries

/// NVIDIA's driver interface for computing (`libcuda.so.1`), as it comes with the driver.
///
/// Numbers and names are those of `cuda.h`, CUDA 12.
public struct CUDADriver: Sendable {
  let functions: CUDAFunctions

  /// Loads the library, and does not yet wake the driver; throws `absent` where there is none.
  public init() throws(DynamicLibraryError) {
    functions = try CUDAFunctions(DynamicLibrary(anyOf: ["libcuda.so.1", "libcuda.so"]))
  }

  /// Wakes the driver, and gives its devices in its own order; none where it has none.
  ///
  /// The corresponding C functions are `cuInit`, `cuDeviceGetCount` and `cuDeviceGet`.
  public func devices() throws(CUDAError) -> [CUDADevice] {
    let status = functions.initialise(0)
    // CUDA_ERROR_NO_DEVICE
    if status == 100 { return [] }
    try functions.check(status, "cuInit")
    var count: Int32 = 0
    try functions.check(unsafe functions.deviceGetCount(&count), "cuDeviceGetCount")
    guard (0...Self.most).contains(count) else {
      throw CUDAError(code: 1, call: "cuDeviceGetCount", name: nil)
    }
    var devices: [CUDADevice] = []
    for index in 0..<count {
      var handle: Int32 = 0
      try functions.check(unsafe functions.deviceGet(&handle, index), "cuDeviceGet")
      devices.append(CUDADevice(index: Int(index), handle: handle, functions))
    }
    return devices
  }

  /// The version of CUDA that the driver speaks, as `12.4`; the corresponding C function is `cuDriverGetVersion`.
  public func version() throws(CUDAError) -> String {
    var version: Int32 = 0
    let call = "cuDriverGetVersion"
    try functions.check(unsafe functions.driverGetVersion(&version), call)
    guard (0..<1_000_000).contains(version) else { throw .nonsense(call, version) }
    return "\(version / 1000).\(version % 1000 / 10)"
  }

  /// More than a machine can have: a driver that counts higher is not believed.
  private static let most: Int32 = 1024
}
