import ArgumentParser
import Commands
import Files
import IPFS
import Marketplace
import MarketplaceClient
import Matching
import Records
import Sandbox
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Where `match` and `serve --claim` learn of the machine's GPUs.
struct InventoryOptions: ParsableArguments {
  @Option(
    help: "Take GPUs and price from the descriptor in <file>; by itself from the registered one.",
    completion: .file())
  var descriptor: String?

  /// The node's own description; nil where none was given, nor is one registered and at hand.
  func description(
    of node: ListedNode?, in world: World
  ) throws(Failure) -> NodeDescriptor? {
    guard let descriptor else { return try Self.registered(node, in: world) }
    let bytes = try Self.content(of: descriptor)
    guard let object = (try? JSON(parsing: bytes))?.object else {
      throw Failure(.data, "\(descriptor) is no JSON object")
    }
    do throws(DescriptorError) {
      return try SignedDescriptor(object).descriptor
    } catch { throw Failure(.data, "\(descriptor): \(error)") }
  }

  private static func registered(
    _ node: ListedNode?, in world: World
  ) throws(Failure) -> NodeDescriptor? {
    guard let node, let cid = node.descriptorCID else { return nil }
    let repository = try world.folders.data.appending("ipfs")
    guard let bytes = try? Repository(at: repository).block(cid),
      let signed = try? SignedDescriptor(parsing: bytes), signed.descriptor.address == node.address
    else {
      world.detail("the descriptor \(cid) is not here: price and GPUs of it are not known")
      return nil
    }
    return signed.descriptor
  }
}

extension InventoryOptions {
  private static func content(of name: String) throws(Failure) -> [UInt8] {
    do throws(FileError) { return try Files.read(FilePath(name), limit: 16 << 20) } catch {
      throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
    }
  }

  /// What this machine can run, with the GPUs that were told of.
  func offer(_ description: NodeDescriptor?, in world: World) throws(Failure) -> NodeOffer {
    let path = world.environment["PATH"] ?? ""
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    return NodeOffer(
      memory: memory > 0 ? memory : .max, gpus: description?.gpus ?? [],
      presentGPUs: GPUDevices.count
    ) { interpreter in
      do throws(SandboxError) {
        _ = try HostProgram.find(interpreter, path: path)
        return nil
      } catch {
        return Failure(error).message
      }
    }
  }
}
