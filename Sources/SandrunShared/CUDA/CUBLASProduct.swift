public import Computing

/// A product of two square matrices by cuBLASLt, in the way that its heuristic takes for the best.
///
/// The left factor is stored by rows and the right one by columns, which every kind of number can be multiplied in; the product is
/// stored by columns.
@safe public final class CUBLASProduct {
  /// What is multiplied, and what comes of it.
  public struct Numbers: Sendable {
    /// Bytes of a number of the factors, and of one of the product.
    public let factorBytes, productBytes: Int
    // `cudaDataType` of both and of the factor that scales the product, and `cublasComputeType_t`.
    fileprivate let factor, product, scale, compute: Int32
    /// One, in the type of the scale.
    fileprivate let one: UInt32

    /// Sums in 32 bits, which fp16 and bf16 keep 16 of, and fp8 as bf16; nil where tensor cores have none.
    public init?(_ number: NumberKind) {
      let one = Float(1).bitPattern
      switch number {
      case .fp16: self.init(2, 2, factor: 2, product: 2, scale: 0, compute: 68, one)
      case .bf16: self.init(2, 2, factor: 14, product: 14, scale: 0, compute: 68, one)
      case .tf32: self.init(4, 4, factor: 0, product: 0, scale: 0, compute: 77, one)
      case .int8: self.init(1, 4, factor: 3, product: 10, scale: 10, compute: 72, 1)
      case .fp8: self.init(1, 2, factor: 28, product: 14, scale: 0, compute: 68, one)
      case .fp64, .fp32: return nil
      }
    }

    private init(
      _ factorBytes: Int, _ productBytes: Int, factor: Int32, product: Int32, scale: Int32,
      compute: Int32, _ one: UInt32
    ) {
      (self.factorBytes, self.productBytes) = (factorBytes, productBytes)
      (self.factor, self.product, self.scale, self.compute) = (factor, product, scale, compute)
      self.one = one
    }
  }

  /// What PyTorch gives it on Hopper.
  private static let workspaceLength = 32 << 20

  private let library: CUBLASLt
  private let computer: CUDAComputer
  private let numbers: Numbers
  private let left, right, product: CUDAMemory
  private let workspace: CUDAMemory
  private let session, description, factorLayout, productLayout: CUBLASLt.Object
  /// `cublasLtMatmulHeuristicResult_t`: 64 bytes of the way (`cublasLtMatmulAlgo_t`), 8 of the workspace's length, 4 of a status, 20 more.
  private var way = [UInt8](repeating: 0, count: 96)
  private var hasRun = false

  /// Asks for the best way; throws `unsupported` where there is none.
  ///
  /// The corresponding C functions are `cublasLtMatmulDescCreate` and `cublasLtMatmulAlgoGetHeuristic`.
  public init(
    _ library: CUBLASLt, on computer: CUDAComputer, _ numbers: Numbers, side: Int,
    left: CUDAMemory, right: CUDAMemory, product: CUDAMemory
  ) throws(ComputeError) {
    (self.library, self.computer, self.numbers) = (library, computer, numbers)
    (self.left, self.right, self.product) = (left, right, product)
    workspace = try computer.allocate(Self.workspaceLength)
    try computer.context.enter()
    var handle: CUBLASLt.Handle?
    try library.check(unsafe library.create(&handle), "cublasLtCreate")
    session = unsafe try CUBLASLt.Object(handle, "cublasLtCreate", release: library.destroy)
    unsafe handle = nil
    try library.check(
      unsafe library.createProduct(&handle, numbers.compute, numbers.scale),
      "cublasLtMatmulDescCreate")
    description = unsafe try CUBLASLt.Object(
      handle, "cublasLtMatmulDescCreate", release: library.destroyProduct)
    // CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T: of columns it makes rows.
    var transposed: Int32 = 1
    try library.check(
      unsafe library.setProduct(description.handle, 3, &transposed, 4),
      "cublasLtMatmulDescSetAttribute")
    factorLayout = try Self.layout(library, numbers.factor, side)
    productLayout = try Self.layout(library, numbers.product, side)
    try choose()
  }

  private static func layout(
    _ library: CUBLASLt, _ type: Int32, _ side: Int
  ) throws(ComputeError) -> CUBLASLt.Object {
    var handle: CUBLASLt.Handle?
    let call = "cublasLtMatrixLayoutCreate"
    try library.check(
      unsafe library.createLayout(&handle, type, UInt64(side), UInt64(side), Int64(side)), call)
    return unsafe try CUBLASLt.Object(handle, call, release: library.destroyLayout)
  }

  private func choose() throws(ComputeError) {
    var handle: CUBLASLt.Handle?
    let call = "cublasLtMatmulPreferenceCreate"
    try library.check(unsafe library.createPreference(&handle), call)
    let preference = unsafe try CUBLASLt.Object(handle, call, release: library.destroyPreference)
    // CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES
    var length = UInt64(Self.workspaceLength)
    try library.check(
      unsafe library.setPreference(preference.handle, 1, &length, 8),
      "cublasLtMatmulPreferenceSetAttribute")
    var count: Int32 = 0
    let status = unsafe way.withUnsafeMutableBytes { way in
      unsafe way.baseAddress.map { way in
        unsafe library.getHeuristic(
          session.handle, description.handle, factorLayout.handle, factorLayout.handle,
          productLayout.handle, productLayout.handle, preference.handle, 1, way, &count)
      } ?? 14
    }
    let state = unsafe way.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: 72, as: Int32.self)
    }
    // CUBLAS_STATUS_ARCH_MISMATCH, CUBLAS_STATUS_NOT_SUPPORTED
    guard status != 8, status != 15, status != 0 || (count > 0 && state == 0) else {
      throw .unsupported("cuBLASLt \(library.version) has no such product for this GPU")
    }
    try library.check(status, "cublasLtMatmulAlgoGetHeuristic")
  }

  /// Multiplies so many times over, queued as a whole but for the first time, when the library may load what it runs.
  ///
  /// The corresponding C function is `cublasLtMatmul`.
  public func time(_ repeats: Int) throws(ComputeError) -> Double {
    try computer.context.enter()
    let seconds = try computer.timed(held: hasRun) { () throws(ComputeError) in
      for _ in 0..<repeats { try multiply() }
    }
    hasRun = true
    return seconds
  }

  private func multiply() throws(ComputeError) {
    var (alpha, beta): (UInt32, UInt32) = (numbers.one, 0)
    let status = unsafe way.withUnsafeBytes { way in
      unsafe way.baseAddress.map { way in
        unsafe library.multiply(
          session.handle, description.handle, &alpha, left.address, factorLayout.handle,
          right.address, factorLayout.handle, &beta, product.address, productLayout.handle,
          product.address, productLayout.handle, way, workspace.address, Self.workspaceLength,
          computer.stream.handle)
      } ?? 14
    }
    try library.check(status, "cublasLtMatmul")
  }
}
