internal import NIOCore
internal import NIOSSL

#if canImport(Glibc)
  import Glibc
#endif

/// Whose certificates are trusted: the system's authorities, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name in
/// their place.
enum Trust {
  static func context() throws(WebSocketError) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.applicationProtocols = ["http/1.1"]
    configuration.shutdownTimeout = .seconds(1)
    let named = ["SSL_CERT_FILE", "SSL_CERT_DIR"].compactMap(variable)
    if let first = named.first {
      configuration.trustRoots = .file(first)
      configuration.additionalTrustRoots = named.dropFirst().map { .file($0) }
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      let isMissing = error as? NIOSSLError == .noSuchFilesystemObject
      throw .cannotTrust(
        path: named.isEmpty ? "the system's store" : named.joined(separator: " and "),
        reason: isMissing ? "no such file or folder" : "no certificate in it")
    }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
