import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Transfer {
  /// What libcurl's code means; nil where the transfer went well.
  func cause(of code: CURLcode) -> HTTPError.Cause? {
    if let failure { return failure }
    let words = easy.message(of: code)
    switch code {
    case CURLE_OK:
      return hasHead ? nil : .broken("closed within the header")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return .cannotConnect("no such host is known")
    case CURLE_COULDNT_CONNECT:
      if let refusedPlace { return .outOfReach(refusedPlace) }
      return .cannotConnect(systemReason ?? words)
    case CURLE_PROXY:
      return .cannotConnect(words)
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(hasBegun ? .idle : .connect)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED,
      CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
      return .tls(words)
    case CURLE_PARTIAL_FILE:
      return .truncated
    case CURLE_GOT_NOTHING:
      return .broken("closed without an answer")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
      CURLE_WRITE_ERROR:
      return .malformed(words)
    case CURLE_OUT_OF_MEMORY where hasBegun && !hasHead:
      // libcurl's answer to a line of header beyond its own bound.
      return .malformed("a field of more than 100 kB")
    case CURLE_RECV_ERROR where !hasBegun:
      return .cannotConnect(words)
    case CURLE_RECV_ERROR where words.contains("chunk"):
      return .malformed(words)
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND:
      return .broken(systemReason ?? words)
    default:
      return .failure(words)
    }
  }

  /// What the system said of the last failed call on a socket.
  private var systemReason: String? {
    let number = Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO))
    return number == 0 ? nil : unsafe String(cString: strerror(number))
  }
}
