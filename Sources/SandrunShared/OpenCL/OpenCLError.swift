/// A call of OpenCL that failed.
public struct OpenCLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The number that the call gave.
  public var code: Int32
  /// The C function.
  public var call: String
  /// What is wrong with its answer, where it is not the number.
  var words: String?

  /// The name of the number in the Khronos headers, where it is a usual one.
  public var name: String? { Self.names[code] }

  /// What a person reads: the call, the number, its name.
  public var description: String {
    "\(call) failed with \(code)" + ((words ?? name).map { " (\($0))" } ?? "")
  }

  static func check(_ code: Int32, _ call: String) throws(OpenCLError) {
    guard code == 0 else { throw OpenCLError(code: code, call: call) }
  }

  private static let names: [Int32: String] = [
    -1: "CL_DEVICE_NOT_FOUND", -2: "CL_DEVICE_NOT_AVAILABLE", -3: "CL_COMPILER_NOT_AVAILABLE",
    -4: "CL_MEM_OBJECT_ALLOCATION_FAILURE", -5: "CL_OUT_OF_RESOURCES", -6: "CL_OUT_OF_HOST_MEMORY",
    -7: "CL_PROFILING_INFO_NOT_AVAILABLE", -11: "CL_BUILD_PROGRAM_FAILURE",
    -30: "CL_INVALID_VALUE", -32: "CL_INVALID_PLATFORM", -33: "CL_INVALID_DEVICE",
    -34: "CL_INVALID_CONTEXT", -36: "CL_INVALID_COMMAND_QUEUE", -38: "CL_INVALID_MEM_OBJECT",
    -45: "CL_INVALID_PROGRAM_EXECUTABLE", -46: "CL_INVALID_KERNEL_NAME", -48: "CL_INVALID_KERNEL",
    -52: "CL_INVALID_KERNEL_ARGS", -54: "CL_INVALID_WORK_GROUP_SIZE",
    -61: "CL_INVALID_BUFFER_SIZE", -1001: "CL_PLATFORM_NOT_FOUND_KHR",
  ]
}
