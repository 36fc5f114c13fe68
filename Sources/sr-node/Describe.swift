import ArgumentParser
import Commands
import Files
import Marketplace
import Records
import Sandbox
import SystemPackage

struct Describe: Command {
  static let configuration = CommandConfiguration(
    abstract: "Describe this machine as a node: a record with 'node'.",
    discussion: """
      $ sr-node describe | jq .node.interpreters
      $ sr-gpu list | sr-node describe --inventory - --price gpu=0.5ETH/h,cpu=0.1ETH/h \
      --region us-east-1 --endpoint https://node.example:8443 | sr-node register
      """)

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

  @Option(help: "Offer <size> for content; what is free by itself.")
  var storage: String?

  @OptionGroup var common: CommonOptions

  private static let inventoryLimit = 16 << 20

  private var isOffer: Bool {
    [inventory, price, region, endpoint, storage].contains { $0 != nil }
  }

  func validate() throws {
    guard isOffer else { return }
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

  func run(in world: World) throws(Failure) -> Failure.Status {
    let gpus = try inventory.map { (name) throws(Failure) in try read(name, in: world) }
    let machine = Machine(folders: try world.folders, path: world.environment["PATH"] ?? "")
    guard isOffer else {
      try world.write(Record(["node": .object(machine.json)]))
      return .done
    }
    var node = machine.json
    node["region"] = .string(region ?? "")
    node["endpoint"] = .string(endpoint ?? "")
    if gpus == nil, GPUDevices.count > 0 {
      world.note("the GPUs of this machine are not offered: see --inventory")
    }
    node["gpus"] = .array((gpus ?? []).map(\.json))
    node["cpu"] = ["cores": node["cores"] ?? .null, "memory": node["memory"] ?? .null]
    node["storage"] = try size() ?? node["disk"]
    node["price"] = try offer(gpus ?? [])
    try world.write(Record(["node": .object(node)]))
    return .done
  }

  private func size() throws(Failure) -> JSON? {
    guard let storage else { return nil }
    do throws(UnitError) { return .integer(try ByteSize.parse(storage)) } catch {
      throw Failure(.usage, "\(error)")
    }
  }

  private func offer(_ gpus: [NodeDescriptor.GPU]) throws(Failure) -> JSON {
    let offer: NodePrice
    do throws(UnitError) { offer = try NodePrice(price ?? "") } catch {
      throw Failure(.usage, "\(error)")
    }
    guard gpus.isEmpty || offer.gpu > 0 || price?.contains("gpu=") == true else {
      throw Failure(
        .usage, "the inventory has GPUs, and --price says nothing of them",
        hint: "gpu=0wei/h gives them away")
    }
    return ["gpu": .string("\(offer.gpu)"), "cpu": .string("\(offer.cpu)")]
  }

  private func read(_ name: String, in world: World) throws(Failure) -> [NodeDescriptor.GPU] {
    let bytes: [UInt8]
    if name == "-" {
      bytes = try world.inputBytes(limit: Self.inventoryLimit, as: "an inventory")
    } else {
      do throws(FileError) {
        bytes = try Files.read(FilePath(name), limit: Self.inventoryLimit)
      } catch {
        throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
      }
    }
    do throws(DescriptorError) { return try GPUInventory(lines: bytes).gpus } catch {
      throw Failure(.data, "the inventory's \(error)")
    }
  }
}

extension World {
  /// Writes one record that answers no other.
  func write(_ record: Record) throws(Failure) {
    try output.write(record.bytes + [UInt8(ascii: "\n")])
  }

  /// All of standard input; 65 beyond a limit.
  func inputBytes(limit: Int, as what: String) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try input.read(limit: 1 << 16)
      guard !piece.isEmpty else { return bytes }
      bytes += piece
      guard bytes.count <= limit else {
        throw Failure(.data, "standard input is more than \(ByteSize.shown(limit)), too long for \(what)")
      }
    }
  }
}
