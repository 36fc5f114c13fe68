public import DynamicLibraries
internal import Synchronization

/// OpenCL as the ICD loader gives it: platforms, each with devices.
///
/// Numbers and names are those of the Khronos headers, version 3.0.
public struct OpenCL: Sendable {
  let functions: OpenCLFunctions

  /// Loads the ICD loader; throws `absent` where there is none.
  public init() throws(DynamicLibraryError) {
    functions = try OpenCLFunctions(
      DynamicLibrary(anyOf: ["libOpenCL.so.1", "libOpenCL.so"]))
  }

  /// All devices, in the loader's order; none where no vendor has installed itself.
  ///
  /// The corresponding C functions are `clGetPlatformIDs` and `clGetDeviceIDs`.
  public func devices() throws(OpenCLError) -> [OpenCLDevice] {
    try Self.first.withLock { (_) throws(OpenCLError) in try all() }
  }

  /// Drivers wake at the first question, and some answer whoever asks meanwhile that there is nothing.
  private static let first = Mutex(())

  private func all() throws(OpenCLError) -> [OpenCLDevice] {
    var devices: [OpenCLDevice] = []
    for platform in try platforms() {
      var count: UInt32 = 0
      let status = unsafe functions.getDeviceIDs(platform.address, Self.allTypes, 0, nil, &count)
      // CL_DEVICE_NOT_FOUND: a platform without a device.
      if status == -1 { continue }
      try OpenCLError.check(status, "clGetDeviceIDs")
      let addresses = try unsafe Self.handles(count) { (room, list) throws(OpenCLError) in
        try OpenCLError.check(
          unsafe functions.getDeviceIDs(platform.address, Self.allTypes, room, list, nil),
          "clGetDeviceIDs")
      }
      devices += addresses.map { OpenCLDevice($0, platform: platform, functions) }
    }
    return devices
  }

  private static let allTypes: UInt64 = 0xFFFF_FFFF

  private func platforms() throws(OpenCLError) -> [OpenCLHandle] {
    var count: UInt32 = 0
    let status = unsafe functions.getPlatformIDs(0, nil, &count)
    // CL_PLATFORM_NOT_FOUND_KHR: a loader, and nothing to load.
    if status == -1001 { return [] }
    try OpenCLError.check(status, "clGetPlatformIDs")
    return try unsafe Self.handles(count) { (room, list) throws(OpenCLError) in
      try OpenCLError.check(
        unsafe functions.getPlatformIDs(room, list, nil), "clGetPlatformIDs")
    }
  }

  /// More than a machine can have: a driver that counts higher is not believed.
  private static let most: UInt32 = 1024

  private static func handles(
    _ count: UInt32,
    _ fill: (UInt32, UnsafeMutablePointer<UnsafeMutableRawPointer?>) throws(OpenCLError) -> Void
  ) throws(OpenCLError) -> [OpenCLHandle] {
    guard count <= most else { throw OpenCLError(code: -30, call: "a count of \(count)") }
    guard count > 0 else { return [] }
    let list = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: Int(count))
    unsafe list.initialize(repeating: nil, count: Int(count))
    defer { unsafe list.deallocate() }
    try unsafe fill(count, list)
    return (0..<Int(count)).compactMap { index in
      unsafe list[index].map { unsafe OpenCLHandle($0) }
    }
  }
}

/// A platform or a device, as the loader names it.
@safe struct OpenCLHandle: @unchecked Sendable {
  // The loader's objects of these two kinds are never freed, and any thread may name them.
  let address: UnsafeMutableRawPointer

  init(_ address: UnsafeMutableRawPointer) { unsafe self.address = address }
}
