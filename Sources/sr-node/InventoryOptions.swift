import ArgumentParser
import Commands
import Files
import Marketplace
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
    help: "Take the GPUs from <file>: JSON Lines with 'gpu'; by itself those of the descriptor.",
    completion: .file())
  var inventory: String?

  @Option(
    help: "Take GPUs and price from the descriptor in <file>; by itself from the registered one.",
    completion: .file())
  var descriptor: String?

  func validate() throws {
    guard inventory != "-", descriptor != "-" else {
      throw ValidationError(
        "--inventory and --descriptor take a file: records come from standard input")
    }
  }

  /// What the file says that the user named; nil where none was.
  func described() throws(Failure) -> NodeDescriptor? {
    guard let descriptor else { return nil }
    let bytes = try Self.content(of: descriptor)
    guard let object = (try? JSON(parsing: bytes))?.object else {
      throw Failure(.data, "\(descriptor) is no JSON object")
    }
    do throws(DescriptorError) {
      return try SignedDescriptor(object).descriptor
    } catch { throw Failure(.data, "\(descriptor): \(error)") }
  }

  /// The GPUs of the inventory; nil where none was given.
  private func gpus(in world: World) throws(Failure) -> [NodeDescriptor.GPU]? {
    guard let inventory else { return nil }
    let bytes = try Self.content(of: inventory)
    do throws(DescriptorError) {
      let found = try GPUInventory(lines: bytes)
      for remark in found.remarks { world.note("\(inventory): \(remark)") }
      return found.gpus
    } catch {
      throw Failure(.data, "\(inventory): the inventory's \(error)")
    }
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
      memory: memory > 0 ? memory : .max, gpus: try gpus(in: world) ?? description?.gpus ?? [],
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
