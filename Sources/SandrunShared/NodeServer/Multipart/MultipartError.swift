/// Why a body is no form that is taken here (RFC 7578, RFC 2046).
enum MultipartError: Error, Equatable {
  /// The content type names no boundary, or one that cannot be.
  case noBoundary
  /// What comes before the first part is too long, or there is no part.
  case noParts
  /// A part's head is too long.
  case headTooLong
  /// A part's head is malformed, or does not say which field it is.
  case badHead
  /// What follows a boundary is neither a part nor the end.
  case badBoundary
  /// The body ended before the last boundary.
  case truncated
}

extension MultipartError: CustomStringConvertible {
  /// What is wrong.
  var description: String {
    switch self {
    case .noBoundary: "the content type names no boundary"
    case .noParts: "there is no part before so many bytes"
    case .headTooLong: "the head of a part is too long"
    case .badHead: "the head of a part names no field"
    case .badBoundary: "a boundary is followed by neither a part nor the end"
    case .truncated: "the body ends before its last boundary"
    }
  }
}
