internal import DynamicLibraries

/// The functions that tell of devices; those that older drivers lack are looked up when they are called.
@safe struct NVMLFunctions: Sendable {
  typealias Number = UnsafeMutablePointer<UInt32>
  typealias Text = UnsafeMutablePointer<CChar>
  typealias Device = UnsafeMutableRawPointer

  typealias Initialise = @convention(c) () -> Int32
  typealias GetCount = @convention(c) (Number) -> Int32
  typealias GetHandle =
    @convention(c) (UInt32, UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Int32
  typealias GetSystemText = @convention(c) (Text, UInt32) -> Int32
  typealias GetText = @convention(c) (Device, Text, UInt32) -> Int32
  typealias GetNumber = @convention(c) (Device, Number) -> Int32
  typealias GetOfKind = @convention(c) (Device, Int32, Number) -> Int32
  typealias GetPair = @convention(c) (Device, Number, Number) -> Int32
  typealias GetOfLink = @convention(c) (Device, UInt32, Number) -> Int32
  typealias GetWide = @convention(c) (Device, UnsafeMutablePointer<UInt64>) -> Int32
  typealias GetBlock = @convention(c) (Device, UnsafeMutableRawPointer) -> Int32
  typealias GetList = @convention(c) (Device, Number, UnsafeMutableRawPointer?) -> Int32
  typealias ErrorText = @convention(c) (Int32) -> UnsafePointer<CChar>?

  let library: DynamicLibrary
  let initialise: Initialise
  let deviceGetCount: GetCount
  let deviceGetHandle: GetHandle
  let driverVersion: GetSystemText
  let errorText: ErrorText

  init(_ library: DynamicLibrary) throws(DynamicLibraryError) {
    self.library = library
    initialise = try library.function("nvmlInit_v2", as: Initialise.self)
    unsafe deviceGetCount = try library.function("nvmlDeviceGetCount_v2", as: GetCount.self)
    unsafe deviceGetHandle = try library.function(
      "nvmlDeviceGetHandleByIndex_v2", as: GetHandle.self)
    unsafe driverVersion = try library.function(
      "nvmlSystemGetDriverVersion", as: GetSystemText.self)
    unsafe errorText = try library.function("nvmlErrorString", as: ErrorText.self)
  }

  /// A function that this driver may lack: `isUnsupported` then.
  func function<Function>(
    _ name: String, as type: Function.Type
  ) throws(NVMLError) -> Function {
    do throws(DynamicLibraryError) { return try library.function(name, as: type) } catch {
      throw NVMLError(code: NVMLError.functionNotFound, call: name, words: "\(error)")
    }
  }

  /// Throws for every status but success, with NVML's own words for it.
  func check(_ code: Int32, _ call: String) throws(NVMLError) {
    guard code != 0 else { return }
    let words = unsafe errorText(code).map { unsafe String(cString: $0) }
    throw NVMLError(code: code, call: call, words: words)
  }

  func text(
    _ call: String, capacity: Int, _ fill: (Text, UInt32) -> Int32
  ) throws(NVMLError) -> String {
    var bytes = [CChar](repeating: 0, count: capacity)
    // The last byte stays zero, whatever the library writes.
    let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe fill($0, UInt32(capacity - 1)) } ?? 999
    }
    try check(status, call)
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
