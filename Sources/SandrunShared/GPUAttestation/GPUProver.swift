internal import CUDA
public import Computing
public import GPUs
internal import OpenCL
internal import Records

/// A GPU of a survey that is taken into use to be attested.
public struct GPUProver {
  /// The most bytes of an array that it has room for.
  public let room: Int
  private let groupSize: Int
  private let computer: Computer

  private enum Computer {
    case openCL(OpenCLComputer)
    case cuda(CUDAComputer)
  }

  /// Takes it into use.
  ///
  /// Nine tenths of what is free can be filled, or four fifths of all where nobody tells what is free, and behind OpenCL no more than it
  /// gives at once.
  public init(_ gpu: GPU) throws(ComputeError) {
    let free = gpu.facts["memoryFree"]?.integer.map { $0 / 10 * 9 }
    let all = gpu.memory.map { $0 / 5 * 4 } ?? 0
    var room = min(free ?? all, gpu.memory ?? .max)
    switch gpu.backend {
    case .opencl:
      let device = try gpu.openCLDevice()
      room = min(room, (try? device.maximumAllocation()) ?? room)
      groupSize = (try? device.maximumWorkGroup()) ?? 1
      computer = .openCL(try OpenCLComputer(device))
    case .cuda:
      groupSize = 256
      let device = try CUDAComputer(try gpu.cudaDevice())
      room = min(try device.freeMemory() / 10 * 9, gpu.memory ?? .max)
      computer = .cuda(device)
    }
    self.room = room
  }

  /// The largest array that fits into so many bytes, with what else is needed beside it; nil where none does.
  public static func shape(fitting byteCount: Int, openings: Int) -> ArrayShape? {
    guard let largest = ArrayShape(fitting: byteCount, openings: openings) else { return nil }
    let beside = DeviceArray<OpenCLComputer>.overhead(of: largest)
    guard byteCount / 2 > beside else { return largest }
    return ArrayShape(fitting: byteCount - beside, openings: openings)
  }

  /// Does what a challenge asks for; gives the evidence, and the seconds that kernels ran by the device's clock.
  public func evidence(
    for challenge: ArrayChallenge, isStopped: @escaping () -> Bool
  ) throws(ProvingError) -> (evidence: ArrayEvidence, seconds: Double) {
    switch computer {
    case .openCL(let computer): try evidence(challenge, on: computer, isStopped)
    case .cuda(let computer): try evidence(challenge, on: computer, isStopped)
    }
  }

  private func evidence(
    _ challenge: ArrayChallenge, on device: some ComputeDevice, _ isStopped: @escaping () -> Bool
  ) throws(ProvingError) -> (evidence: ArrayEvidence, seconds: Double) {
    do {
      let array = try DeviceArray(
        challenge.shape, on: device, groupSize: groupSize, isStopped: isStopped)
      var prover = ArrayProver(challenge, array)
      return (try prover.evidence(), array.seconds)
    } catch let error as ComputeError {
      throw .device(error)
    } catch { throw error as? ProvingError ?? .wrongResult("\(error)") }
  }
}
