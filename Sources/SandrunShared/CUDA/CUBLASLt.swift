internal import Computing
public import DynamicLibraries

/// NVIDIA's library of matrix products (`libcublasLt.so`), where somebody installed it: no driver brings it along.
///
/// Numbers and layouts are those of `cublasLt.h`, which are the same in versions 12 and 13.
@safe public struct CUBLASLt: Sendable {
  typealias Handle = UnsafeMutableRawPointer
  typealias Handles = UnsafeMutablePointer<UnsafeMutableRawPointer?>
  typealias Create = @convention(c) (Handles) -> Int32
  typealias OfHandle = @convention(c) (Handle) -> Int32
  typealias GetVersion = @convention(c) () -> Int
  typealias GetName = @convention(c) (Int32) -> UnsafePointer<CChar>?
  typealias CreateProduct = @convention(c) (Handles, Int32, Int32) -> Int32
  typealias CreateLayout = @convention(c) (Handles, Int32, UInt64, UInt64, Int64) -> Int32
  typealias SetAttribute = @convention(c) (Handle, Int32, UnsafeRawPointer, Int) -> Int32
  typealias GetHeuristic =
    @convention(c) (
      Handle, Handle, Handle, Handle, Handle, Handle, Handle, Int32, UnsafeMutableRawPointer,
      UnsafeMutablePointer<Int32>
    ) -> Int32
  typealias Multiply =
    @convention(c) (
      Handle, Handle, UnsafeRawPointer, UInt64, Handle, UInt64, Handle, UnsafeRawPointer, UInt64,
      Handle, UInt64, Handle, UnsafeRawPointer, UInt64, Int, Handle
    ) -> Int32

  let create: Create
  let destroy: OfHandle
  private let getVersion: GetVersion
  private let statusName: GetName?
  let createProduct: CreateProduct
  let destroyProduct: OfHandle
  let setProduct: SetAttribute
  let createLayout: CreateLayout
  let destroyLayout: OfHandle
  let createPreference: Create
  let destroyPreference: OfHandle
  let setPreference: SetAttribute
  let getHeuristic: GetHeuristic
  let multiply: Multiply

  /// Loads it from a path, or from where the loader looks; throws `absent` where it is not.
  public init(path: String? = nil) throws(DynamicLibraryError) {
    let library = try DynamicLibrary(
      anyOf: path.map { [$0] } ?? ["libcublasLt.so.13", "libcublasLt.so.12"])
    unsafe create = try library.function("cublasLtCreate", as: Create.self)
    unsafe destroy = try library.function("cublasLtDestroy", as: OfHandle.self)
    getVersion = try library.function("cublasLtGetVersion", as: GetVersion.self)
    unsafe statusName = try? library.function("cublasLtGetStatusName", as: GetName.self)
    unsafe createProduct = try library.function(
      "cublasLtMatmulDescCreate", as: CreateProduct.self)
    unsafe destroyProduct = try library.function("cublasLtMatmulDescDestroy", as: OfHandle.self)
    unsafe setProduct = try library.function(
      "cublasLtMatmulDescSetAttribute", as: SetAttribute.self)
    unsafe createLayout = try library.function(
      "cublasLtMatrixLayoutCreate", as: CreateLayout.self)
    unsafe destroyLayout = try library.function("cublasLtMatrixLayoutDestroy", as: OfHandle.self)
    unsafe createPreference = try library.function(
      "cublasLtMatmulPreferenceCreate", as: Create.self)
    unsafe destroyPreference = try library.function(
      "cublasLtMatmulPreferenceDestroy", as: OfHandle.self)
    unsafe setPreference = try library.function(
      "cublasLtMatmulPreferenceSetAttribute", as: SetAttribute.self)
    unsafe getHeuristic = try library.function(
      "cublasLtMatmulAlgoGetHeuristic", as: GetHeuristic.self)
    unsafe multiply = try library.function("cublasLtMatmul", as: Multiply.self)
  }

  /// As `12.9.1`.
  public var version: String {
    let number = getVersion()
    return "\(number / 10000).\(number / 100 % 100).\(number % 100)"
  }

  func check(_ status: Int32, _ call: String) throws(ComputeError) {
    guard status != 0 else { return }
    let name = unsafe statusName.flatMap { unsafe $0(status) }.map { unsafe String(cString: $0) }
    throw .call("\(call) failed with \(status)" + (name.map { " (\($0))" } ?? ""))
  }

  /// An object of the library's, given back with the last reference.
  @safe final class Object {
    let handle: Handle
    private let release: OfHandle

    init(_ handle: Handle?, _ call: String, release: OfHandle) throws(ComputeError) {
      guard let handle = unsafe handle else { throw .call("\(call) gave nothing") }
      unsafe self.handle = handle
      unsafe self.release = release
    }

    deinit { _ = unsafe release(handle) }
  }
}
