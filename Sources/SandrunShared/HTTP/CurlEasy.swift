import CCurl

/// One transfer of libcurl's, for one thread; freed exactly once, used again after `reset`.
@safe final class CurlEasy {
  let handle: UnsafeMutableRawPointer
  /// What libcurl says of a failure, in a C string.
  private let message: UnsafeMutablePointer<CChar>
  private var fields: UnsafeMutablePointer<curl_slist>?

  /// The C function is `curl_easy_init`; nil where memory is short.
  init?() {
    guard let handle = unsafe curl_easy_init() else { return nil }
    unsafe self.handle = handle
    unsafe message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
    unsafe curl_slist_free_all(fields)
    unsafe message.deallocate()
  }

  /// Tells it from other handles.
  var identity: UInt { unsafe UInt(bitPattern: handle) }

  /// Forgets every option but keeps what is cached; the C function is `curl_easy_reset`.
  func reset() {
    unsafe curl_easy_reset(handle)
    unsafe curl_slist_free_all(fields)
    unsafe fields = nil
    unsafe message[0] = 0
    _ = unsafe sr_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, message)
  }

  func set(_ option: CURLoption, _ value: Int) -> CURLcode {
    unsafe sr_curl_set_long(handle, option, value)
  }

  func set(_ option: CURLoption, offset: Int) -> CURLcode {
    unsafe sr_curl_set_offset(handle, option, curl_off_t(offset))
  }

  /// libcurl keeps a copy.
  func set(_ option: CURLoption, _ value: String) -> CURLcode {
    unsafe sr_curl_set_string(handle, option, value)
  }

  /// The fields of the request's header, each `Name: value`.
  func set(fields lines: [String]) -> CURLcode {
    for line in lines {
      guard let longer = unsafe curl_slist_append(fields, line) else { return CURLE_OUT_OF_MEMORY }
      unsafe fields = longer
    }
    return unsafe sr_curl_set_list(handle, CURLOPT_HTTPHEADER, fields)
  }

  /// What libcurl says of the failure, or what it says of such failures in general.
  func message(of code: CURLcode) -> String {
    let own = unsafe String(cString: message)
    return own.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : own
  }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    _ = unsafe sr_curl_get_long(handle, info, &value)
    return value
  }

  /// Which directions wait; the C function is `curl_easy_pause`.
  func pause(receiving: Bool, sending: Bool) -> CURLcode {
    let mask = (receiving ? CURLPAUSE_RECV : 0) | (sending ? CURLPAUSE_SEND : 0)
    return unsafe curl_easy_pause(handle, mask)
  }
}
