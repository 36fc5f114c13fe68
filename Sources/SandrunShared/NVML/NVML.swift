public import DynamicLibraries

/// NVIDIA's library for watching GPUs (`libnvidia-ml.so.1`), as it comes with the driver.
///
/// Numbers, names and layouts are those of `nvml.h`, version 12.
public struct NVML: Sendable {
  let functions: NVMLFunctions

  /// Loads the library and begins with it; it stays begun until the program ends.
  ///
  /// Throws `library` where there is none, `call` where `nvmlInit_v2` fails: without a driver in the kernel, say.
  public init() throws(NVMLAbsence) {
    do throws(DynamicLibraryError) {
      functions = try NVMLFunctions(
        DynamicLibrary(anyOf: ["libnvidia-ml.so.1", "libnvidia-ml.so"]))
    } catch { throw .library(error) }
    do throws(NVMLError) {
      try functions.check(functions.initialise(), "nvmlInit_v2")
    } catch { throw .call(error) }
  }

  /// All devices, in the order of the bus; the corresponding C functions are `nvmlDeviceGetCount_v2` and
  /// `nvmlDeviceGetHandleByIndex_v2`.
  ///
  /// One that cannot be had is an error in its place: a GPU that fell off its bus is still told of.
  public func devices() throws(NVMLError) -> [Result<NVMLDevice, NVMLError>] {
    var count: UInt32 = 0
    try functions.check(unsafe functions.deviceGetCount(&count), "nvmlDeviceGetCount_v2")
    guard count <= Self.most else {
      throw NVMLError(code: 999, call: "nvmlDeviceGetCount_v2", words: "it counts \(count)")
    }
    return (0..<count).map { index in
      Result { () throws(NVMLError) in
        var handle: UnsafeMutableRawPointer?
        let call = "nvmlDeviceGetHandleByIndex_v2"
        try functions.check(unsafe functions.deviceGetHandle(index, &handle), call)
        guard let handle = unsafe handle else {
          throw NVMLError(code: 999, call: call, words: "it gives no handle")
        }
        return unsafe NVMLDevice(index: Int(index), handle, functions)
      }
    }
  }

  /// The driver's version, as `550.54.15`; the corresponding C function is `nvmlSystemGetDriverVersion`.
  public func driverVersion() throws(NVMLError) -> String {
    try unsafe functions.text("nvmlSystemGetDriverVersion", capacity: 96) { buffer, capacity in
      unsafe functions.driverVersion(buffer, capacity)
    }
  }

  /// More than a machine can have: a library that counts higher is not believed.
  private static let most: UInt32 = 1024
}

/// Why NVML cannot be asked.
public enum NVMLAbsence: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is not here.
  case library(DynamicLibraryError)
  /// It is here, and would not begin.
  case call(NVMLError)

  /// What a person reads.
  public var description: String {
    switch self {
    case .library(let error): error.description
    case .call(let error): error.description
    }
  }
}
