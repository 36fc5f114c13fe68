public import CUDA
public import Computing
public import OpenCL

extension GPU {
  /// The device behind OpenCL, to be taken into use.
  public func openCLDevice() throws(ComputeError) -> OpenCLDevice {
    let devices: [OpenCLDevice]
    do { devices = try OpenCL().devices() } catch { throw .call("\(error)") }
    guard let backendIndex, devices.indices.contains(backendIndex) else {
      throw .call("OpenCL shows this device no more")
    }
    return devices[backendIndex]
  }

  /// The device of NVIDIA's driver, to be taken into use.
  public func cudaDevice() throws(ComputeError) -> CUDADevice {
    guard let backendIndex else { throw .unsupported("CUDA does not show this GPU") }
    let devices: [CUDADevice]
    do { devices = try CUDADriver().devices() } catch { throw .call("\(error)") }
    guard devices.indices.contains(backendIndex) else {
      throw .call("CUDA shows this GPU no more")
    }
    return devices[backendIndex]
  }
}
