/// A call of the driver that failed.
public struct CUDAError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The `CUresult`.
  public var code: Int32
  /// The C function.
  public var call: String
  /// The driver's name of the code; nil where it knows none.
  public var name: String?

  /// An answer that nothing real can be.
  static func nonsense(_ call: String, _ value: some BinaryInteger) -> CUDAError {
    CUDAError(code: 999, call: call, name: "it tells of \(value)")
  }

  /// What a person reads: the call, the number, its name.
  public var description: String {
    "\(call) failed with \(code)" + (name.map { " (\($0))" } ?? "")
  }
}
