import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Transfer {
  /// A body beyond this is announced first, so that a server can refuse it unsent.
  private static let expectLimit = 1 << 20
  private static let bufferSize = 256 << 10

  /// Sets every option of the handle; a code other than OK names none of the caller's faults.
  func prepare() -> CURLcode {
    easy.reset()
    return Self.first(of: [common, body, callbacks])
  }

  /// The first code that is not OK.
  private static func first(of steps: [() -> CURLcode]) -> CURLcode {
    for step in steps {
      let code = step()
      if code != CURLE_OK { return code }
    }
    return CURLE_OK
  }

  private func common() -> CURLcode {
    let milliseconds = Int((order.connectTimeout / .milliseconds(1)).rounded(.up))
    var steps: [() -> CURLcode] = [
      { [easy, order] in easy.set(CURLOPT_URL, order.url) },
      { [easy] in easy.set(CURLOPT_PROTOCOLS_STR, "http,https") },
      { [easy] in easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https") },
      { [easy] in easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) },
      { [easy] in easy.set(CURLOPT_PATH_AS_IS, 1) },
      // Signals are the tool's; its other threads would be hit.
      { [easy] in easy.set(CURLOPT_NOSIGNAL, 1) },
      { [easy] in easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, min(milliseconds, 1 << 31 - 1))) },
      { [easy] in easy.set(CURLOPT_TCP_KEEPALIVE, 1) },
      // What a proxy answers to CONNECT is no part of the server's answer.
      { [easy] in easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1) },
      { [easy] in easy.set(CURLOPT_BUFFERSIZE, Self.bufferSize) },
      { [easy] in unsafe sr_curl_set_close_on_exec(easy.handle) },
    ]
    if !order.isRepeatable {
      steps.append { [easy] in easy.set(CURLOPT_FRESH_CONNECT, 1) }
    }
    if order.isForThisMachine { steps.append { [easy] in easy.set(CURLOPT_PROXY, "") } }
    if let file = order.trust.file { steps.append { [easy] in easy.set(CURLOPT_CAINFO, file) } }
    if let folder = order.trust.folder {
      steps.append { [easy] in easy.set(CURLOPT_CAPATH, folder) }
    }
    return Self.first(of: steps)
  }

  private func body() -> CURLcode {
    var fields = order.fields
    var steps: [() -> CURLcode] = []
    if order.hasBody {
      steps.append { [easy] in easy.set(CURLOPT_UPLOAD, 1) }
      steps.append { [easy, order] in
        easy.set(CURLOPT_INFILESIZE_LARGE, offset: order.length ?? -1)
      }
      steps.append { [easy] in easy.set(CURLOPT_UPLOAD_BUFFERSIZE, Self.bufferSize) }
      if let length = order.length, length <= Self.expectLimit { fields.append("Expect:") }
    } else if order.method == "HEAD" {
      steps.append { [easy] in easy.set(CURLOPT_NOBODY, 1) }
    } else {
      steps.append { [easy] in easy.set(CURLOPT_HTTPGET, 1) }
    }
    if order.method != "HEAD" && (order.hasBody || order.method != "GET") {
      steps.append { [easy, order] in easy.set(CURLOPT_CUSTOMREQUEST, order.method) }
    }
    steps.append { [easy] in easy.set(fields: fields) }
    return Self.first(of: steps)
  }

  private func callbacks() -> CURLcode {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA] {
      let code = unsafe sr_curl_set_pointer(easy.handle, option, context)
      if code != CURLE_OK { return code }
    }
    return Self.first(of: [
      { [easy] in
        unsafe sr_curl_set_data_function(easy.handle, CURLOPT_WRITEFUNCTION, receiveBody)
      },
      { [easy] in
        unsafe sr_curl_set_data_function(easy.handle, CURLOPT_HEADERFUNCTION, receiveLine)
      },
      { [easy] in unsafe sr_curl_set_data_function(easy.handle, CURLOPT_READFUNCTION, giveBody) },
      { [easy] in unsafe sr_curl_set_seek_function(easy.handle, seekBody) },
      { [easy] in unsafe sr_curl_set_pointer(easy.handle, CURLOPT_PREREQDATA, context) },
      { [easy] in unsafe sr_curl_set_before_request_function(easy.handle, beginRequest) },
      { [easy, order] in
        guard order.reach < .machine else { return CURLE_OK }
        let code = unsafe sr_curl_set_pointer(easy.handle, CURLOPT_OPENSOCKETDATA, context)
        guard code == CURLE_OK else { return code }
        return unsafe sr_curl_set_open_socket_function(easy.handle, openSocket)
      },
    ])
  }
}

// The transfer outlives its place in the multi handle, and so every call.
private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

private let receiveBody: sr_curl_data_function = { buffer, _, count, context in
  guard let transfer = unsafe transfer(context) else { return 0 }
  let bytes = unsafe UnsafeRawBufferPointer(start: buffer, count: count)
  unsafe transfer.receive(bytes)
  return count
}

private let receiveLine: sr_curl_data_function = { buffer, _, count, context in
  guard let transfer = unsafe transfer(context) else { return 0 }
  let line = unsafe UnsafeRawBufferPointer(start: buffer, count: count)
  // Any number but the count stops the transfer.
  return unsafe transfer.receive(line: line) ? count : count &+ 1
}

private let giveBody: sr_curl_data_function = { buffer, size, count, context in
  guard let transfer = unsafe transfer(context) else { return Int(CURL_READFUNC_ABORT) }
  let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
  switch unsafe transfer.give(room) {
  case .bytes(let count): return count
  case .pause: return Int(CURL_READFUNC_PAUSE)
  case .stop: return Int(CURL_READFUNC_ABORT)
  }
}

private let seekBody: sr_curl_seek_function = { context, offset, origin in
  guard let transfer = unsafe transfer(context), offset == 0, origin == 0 else {
    return CURL_SEEKFUNC_CANTSEEK
  }
  return transfer.rewind() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK
}

private let beginRequest: sr_curl_before_request_function = { context, address, _, _, _ in
  guard let transfer = unsafe transfer(context), let address = unsafe address else {
    return CURL_PREREQFUNC_ABORT
  }
  return transfer.begin(at: unsafe String(cString: address))
    ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private let openSocket: sr_curl_open_socket_function = { context, _, address in
  guard let transfer = unsafe transfer(context), let address = unsafe address,
    let place = unsafe sr_curl_socket_address(address).flatMap({ unsafe HTTPReach($0) }),
    transfer.mayReach(place)
  else { return CURL_SOCKET_BAD }
  return unsafe socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
}
