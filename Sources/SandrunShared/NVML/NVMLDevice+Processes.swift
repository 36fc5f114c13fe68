/// A process that has memory on a GPU.
public struct NVMLProcess: Equatable, Sendable {
  /// Its number, as the machine knows it; in a container it may mean nothing.
  public var pid: Int
  /// What it holds, in bytes; nil where the driver does not tell.
  public var memory: Int?
}

extension NVMLDevice {
  /// The processes that compute on it now; the corresponding C function is `nvmlDeviceGetComputeRunningProcesses_v3`.
  public func processes() throws(NVMLError) -> [NVMLProcess] {
    let call = "nvmlDeviceGetComputeRunningProcesses_v3"
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetList.self)
    // nvmlProcessInfo_t: pid (4), nothing (4), memory (8), GPU instance (4), compute instance (4).
    let length = 24
    var room = 64
    // More may begin between two calls.
    for _ in 0..<8 {
      var bytes = [UInt8](repeating: 0, count: room * length)
      var count = UInt32(room)
      let status = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe function(handle, &count, buffer.baseAddress)
      }
      // NVML_ERROR_INSUFFICIENT_SIZE
      if status == 7, count < 1 << 16 {
        room = max(room, Int(count)) * 2
        continue
      }
      try functions.check(status, call)
      guard Int(count) <= room else { break }
      return unsafe bytes.withUnsafeBytes { buffer in
        (0..<Int(count)).map { index in
          let pid = unsafe buffer.loadUnaligned(fromByteOffset: index * length, as: UInt32.self)
          let memory = unsafe buffer.loadUnaligned(
            fromByteOffset: index * length + 8, as: UInt64.self)
          // NVML_VALUE_NOT_AVAILABLE is all ones.
          return NVMLProcess(pid: Int(pid), memory: memory < 1 << 53 ? Int(memory) : nil)
        }
      }
    }
    throw NVMLError(code: 7, call: call, words: "it never fits")
  }
}
