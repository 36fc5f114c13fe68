import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension HTTPURL {
  /// Reads `http://host[:port][/path][?query]`, or the same with `https`; the C function is `curl_url_set`.
  ///
  /// Throws for another scheme, for credentials and for what is no URL; a fragment is dropped.
  public init(_ text: String) throws(HTTPURLError) {
    guard let mark = text.firstRange(of: "://") else { throw HTTPURLError(text, "no scheme") }
    // libcurl is lenient here.
    guard text[mark.upperBound...].first != "/" else { throw HTTPURLError(text, "no host") }
    try self.init(text, from: nil)
  }

  /// Reads a `Location`, which may be relative to this address.
  func redirected(to location: String) throws(HTTPURLError) -> HTTPURL {
    try HTTPURL(location, from: self)
  }

  private init(_ text: String, from base: HTTPURL?) throws(HTTPURLError) {
    guard text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
      throw HTTPURLError(text, text.utf8.count > 8192 ? "too long" : "a space or a control sign")
    }
    guard let handle = unsafe curl_url() else { throw HTTPURLError(text, "out of memory") }
    defer { unsafe curl_url_cleanup(handle) }
    let flags = UInt32(CURLU_DISALLOW_USER | CURLU_PATH_AS_IS | CURLU_URLENCODE)
    for part in [base?.description, text] {
      guard let part else { continue }
      let code = unsafe curl_url_set(handle, CURLUPART_URL, part, flags)
      guard code == CURLUE_OK else { throw HTTPURLError(text, Self.reason(code)) }
    }
    func value(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
      var pointer: UnsafeMutablePointer<CChar>?
      guard unsafe curl_url_get(handle, part, &pointer, UInt32(flags)) == CURLUE_OK,
        let pointer = unsafe pointer
      else { return nil }
      defer { unsafe curl_free(pointer) }
      return unsafe String(cString: pointer)
    }
    guard let scheme = value(CURLUPART_SCHEME), scheme == "http" || scheme == "https" else {
      throw HTTPURLError(text, "a scheme other than http and https")
    }
    guard let host = value(CURLUPART_HOST), !host.isEmpty else {
      throw HTTPURLError(text, "no host")
    }
    guard let port = value(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) }), port > 0 else {
      throw HTTPURLError(text, "no such port")
    }
    let path = value(CURLUPART_PATH) ?? "/"
    let query = value(CURLUPART_QUERY).map { "?\($0)" } ?? ""
    self.init(scheme: scheme, host: host.lowercased(), port: port, path: path + query)
  }

  private static func reason(_ code: CURLUcode) -> String {
    switch code {
    case CURLUE_USER_NOT_ALLOWED: "credentials in a URL"
    case CURLUE_UNSUPPORTED_SCHEME, CURLUE_BAD_SCHEME: "a scheme other than http and https"
    case CURLUE_BAD_PORT_NUMBER: "no such port"
    default: unsafe String(cString: curl_url_strerror(code)).lowercased()
    }
  }
}
