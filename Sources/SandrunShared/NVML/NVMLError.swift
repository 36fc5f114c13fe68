/// A call of NVML that failed.
public struct NVMLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The `nvmlReturn_t`.
  public var code: Int32
  /// The C function.
  public var call: String
  /// NVML's own words for the code; nil where it has none.
  public var words: String?

  /// Whether this device, or this driver, has no such thing to tell.
  public var isUnsupported: Bool { code == Self.notSupported || code == Self.functionNotFound }

  /// Whether the device fell off its bus, or cannot be reached any more otherwise (`NVML_ERROR_GPU_IS_LOST`).
  public var isLoss: Bool { code == Self.gpuIsLost }

  /// What a person reads: the call, the number, NVML's words.
  public var description: String {
    "\(call) failed with \(code)" + (words.map { " (\($0))" } ?? "")
  }

  static let invalidArgument: Int32 = 2
  static let notSupported: Int32 = 3
  static let gpuIsLost: Int32 = 15
  static let functionNotFound: Int32 = 13
}
