internal import CZstd

/// A libzstd call that failed, by the library's own name for it.
public struct ZstdError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The library's text, such as `Src size is incorrect`.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The count that a libzstd call returned; the corresponding C functions are `ZSTD_isError` and `ZSTD_getErrorName`.
func check(_ status: Int) throws(ZstdError) -> Int {
  guard ZSTD_isError(status) == 0 else {
    throw ZstdError(unsafe String(cString: ZSTD_getErrorName(status)))
  }
  return status
}
