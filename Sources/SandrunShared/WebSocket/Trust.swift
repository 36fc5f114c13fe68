internal import NIOCore
internal import NIOSSL

#if canImport(Glibc)
  import Glibc
#endif

/// Whose certificates are trusted.
enum Trust {
  /// A context that trusts the authorities in this file and this folder, or the system's where there is neither.
  static func context(file: String?, folder: String?) throws(WebSocketError) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.applicationProtocols = ["http/1.1"]
    configuration.shutdownTimeout = .seconds(1)
    // A folder is looked into as certificates come up; only the first place can be one.
    let places = [folder, file].compactMap { $0 }
    if let first = places.first {
      configuration.trustRoots = .file(first)
      configuration.additionalTrustRoots = places.dropFirst().map { .file($0) }
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      let isMissing = error as? NIOSSLError == .noSuchFilesystemObject
      throw .cannotTrust(
        path: places.isEmpty ? "the system's store" : places.joined(separator: " and "),
        reason: isMissing ? "no such file or folder" : "no certificate in it")
    }
  }

  /// A variable of the environment that is not empty.
  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
