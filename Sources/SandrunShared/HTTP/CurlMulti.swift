import CCurl
import Synchronization

/// The transfers of one thread, and the connections that they leave for the next.
@safe final class CurlMulti {
  /// `curl_multi_wakeup` is the one function that other threads may call, as long as the handle lives.
  @safe private struct Wakeable: @unchecked Sendable {
    let handle: UnsafeMutableRawPointer
  }

  private let handle: UnsafeMutableRawPointer

  /// Once for the process; the C function is `curl_global_init`.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// The C function is `curl_multi_init`; nil where memory is short.
  init?() {
    guard Self.isReady, let handle = unsafe curl_multi_init() else { return nil }
    unsafe self.handle = handle
    _ = unsafe sr_curl_multi_set_long(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
  }

  deinit { _ = unsafe curl_multi_cleanup(handle) }

  /// Ends a `poll`, from any thread; must not be called once this is gone.
  var wake: @Sendable () -> Void {
    let wakeable = unsafe Wakeable(handle: handle)
    return { _ = unsafe curl_multi_wakeup(wakeable.handle) }
  }

  func add(_ easy: CurlEasy) -> CURLMcode { unsafe curl_multi_add_handle(handle, easy.handle) }

  func remove(_ easy: CurlEasy) { _ = unsafe curl_multi_remove_handle(handle, easy.handle) }

  /// Moves what can be moved without waiting.
  func perform() -> CURLMcode {
    var running: Int32 = 0
    return unsafe curl_multi_perform(handle, &running)
  }

  /// Waits for a socket, a timer of libcurl's, a wake-up or the end of a time.
  func poll(_ limit: Duration) -> CURLMcode {
    let milliseconds = max(0, min(limit / .milliseconds(1), 60_000).rounded(.up))
    return unsafe curl_multi_poll(handle, nil, 0, Int32(milliseconds), nil)
  }

  /// The next transfer that has ended, and how.
  func ended() -> (handle: UInt, code: CURLcode)? {
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(handle, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      return unsafe (UInt(bitPattern: message.pointee.easy_handle), sr_curl_message_result(message))
    }
    return nil
  }
}
