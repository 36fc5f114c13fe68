#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A library of the system's, loaded while the program runs; it stays until the program ends.
///
/// What drives a device comes with the device: a program that named it at build time would not start elsewhere.
@safe public struct DynamicLibrary: @unchecked Sendable {
  // The handle is only handed to `dlsym`, which any thread may call.
  private let handle: UnsafeMutableRawPointer
  /// The name under which it was found.
  public let name: String

  /// Loads the first of several names that there is; the corresponding C function is `dlopen`.
  ///
  /// Throws `absent` with the loader's words for each name.
  public init(anyOf names: [String]) throws(DynamicLibraryError) {
    var reasons: [String] = []
    for name in names {
      if let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) {
        unsafe self.handle = handle
        self.name = name
        return
      }
      if reasons.isEmpty { reasons.append(Self.lastError) }
    }
    throw .absent(reasons.joined(separator: "; "))
  }

  /// One of its functions, as the type that its header declares; the corresponding C function is `dlsym`.
  ///
  /// Nobody checks the type. Throws `noFunction` where the library, an older one say, has none of this name.
  public func function<Function>(
    _ name: String, as type: Function.Type
  ) throws(DynamicLibraryError) -> Function {
    guard let address = unsafe dlsym(handle, name) else {
      throw .noFunction(name, library: self.name)
    }
    return unsafe unsafeBitCast(address, to: type)
  }

  private static var lastError: String {
    guard let text = unsafe dlerror() else { return "no reason given" }
    return unsafe String(cString: text)
  }
}

/// Why a library or a function of one could not be had.
public enum DynamicLibraryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is none under any of the names; the loader's words.
  case absent(String)
  /// The library has no function of this name.
  case noFunction(String, library: String)

  /// What a person reads.
  public var description: String {
    switch self {
    case .absent(let reasons): reasons
    case .noFunction(let name, let library): "\(library) has no \(name)"
    }
  }
}
