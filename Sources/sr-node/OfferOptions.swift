import ArgumentParser
import Commands
import Files
import Marketplace
import Records
import Sandbox
import SystemPackage

/// The options of `describe` that make a description an offer.
struct OfferOptions: ParsableArguments {
  @Option(
    help: "Take the GPUs from <file>: JSON Lines with 'gpu'; - is standard input.",
    completion: .file())
  var inventory: String?

  @Option(help: "Take <price> for an hour, such as gpu=0.5ETH/h,cpu=0.1ETH/h.")
  var price: String?

  @Option(help: "Stand in <region>, such as us-east-1.")
  var region: String?

  @Option(help: "Be reached at <url>; without it the node serves nobody.")
  var endpoint: String?

  @Option(help: "Offer <size> for content, not all that is free.")
  var storage: String?

  private static let inventoryLimit = 16 << 20

  private var isGiven: Bool {
    [inventory, price, region, endpoint, storage].contains { $0 != nil }
  }

  func validate() throws {
    guard isGiven else { return }
    guard let price, let region else {
      throw ValidationError("a node that offers itself needs --price and --region")
    }
    do {
      _ = try NodePrice(price)
      _ = try storage.map { (text) throws(UnitError) in try ByteSize.parse(text) }
    } catch {
      throw ValidationError("\(error)")
    }
    guard NodeDescriptor.isRegion(region) else {
      throw ValidationError(
        "--region takes 1 to 64 lower-case letters, digits and '-', not '\(region)'")
    }
    guard NodeDescriptor.isEndpoint(endpoint ?? "") else {
      throw ValidationError(
        "--endpoint takes an HTTP URL of at most \(NodeDescriptor.endpointLimit) bytes")
    }
  }

  /// What they say of the node; nil where none is given.
  func members(in world: World) throws(Failure) -> JSONObject? {
    guard isGiven, let price, let region else { return nil }
    var members: JSONObject = ["region": .string(region), "endpoint": .string(endpoint ?? "")]
    let gpus = try gpus(in: world)
    members["gpus"] = .array(gpus.map(\.json))
    do throws(UnitError) {
      if let storage { members["storage"] = .integer(try ByteSize.parse(storage)) }
      let asked = try NodePrice(price)
      members["price"] = ["gpu": .string("\(asked.gpu)"), "cpu": .string("\(asked.cpu)")]
    } catch {
      throw Failure(.usage, "\(error)")
    }
    guard gpus.isEmpty || price.contains("gpu=") else {
      throw Failure(
        .usage, "the inventory has GPUs, and --price says nothing of them",
        hint: "gpu=0wei/h gives them away")
    }
    return members
  }

  private func gpus(in world: World) throws(Failure) -> [NodeDescriptor.GPU] {
    guard let inventory else {
      if GPUDevices.count > 0 {
        world.note("the GPUs of this machine are not offered: see --inventory")
      }
      return []
    }
    let bytes = try world.content(of: inventory, limit: Self.inventoryLimit)
    do throws(DescriptorError) {
      let found = try GPUInventory(lines: bytes)
      for remark in found.remarks { world.note("the inventory's \(remark)") }
      return found.gpus
    } catch {
      throw Failure(.data, "the inventory's \(error)")
    }
  }
}

extension World {
  /// All of a file that the user named, or of standard input where it is `-`.
  func content(of name: String, limit: Int) throws(Failure) -> [UInt8] {
    guard name == "-" else {
      do throws(FileError) { return try Files.read(FilePath(name), limit: limit) } catch {
        throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
      }
    }
    var bytes: [UInt8] = []
    while true {
      let piece = try input.read(limit: 1 << 16)
      guard !piece.isEmpty else { return bytes }
      bytes += piece
      guard bytes.count <= limit else {
        throw Failure(.data, "standard input is longer than \(ByteSize.shown(limit))")
      }
    }
  }
}
