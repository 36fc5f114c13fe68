internal import Ethereum
public import Records
internal import WideInteger

extension NodeDescriptor {
  /// Reads a descriptor and checks every value; its signature is not looked at.
  ///
  /// A member that it does not know is left alone: a later version of the same may tell more.
  public init(_ object: JSONObject) throws(DescriptorError) {
    let members = DescriptorMembers(object, at: "descriptor")
    guard try members.integer("version") == Self.version else {
      throw members.error("version", "is another than \(Self.version), which is all that is known")
    }
    let address: Address
    do throws(AddressError) {
      address = try Address(parsing: try Self.text(members, "address"))
    } catch { throw members.error("address", "is no address: \(error)") }
    let cpu = try members.object("cpu")
    let price = try members.object("price")
    let issued = try members.text("issuedAt")
    guard let issuedAt = try? Timestamp(issued) else {
      throw members.error("issuedAt", "is no time of RFC 3339 in UTC")
    }
    self.init(
      address: address, endpoint: try members.text("endpoint"),
      region: try members.text("region"),
      gpus: try Self.gpus(members),
      cpu: CPU(cores: try cpu.integer("cores"), memory: try cpu.integer("memory")),
      storage: try members.integer("storage"), interpreters: try Self.programs(members),
      price: NodePrice(gpu: try Self.wei(price, "gpu"), cpu: try Self.wei(price, "cpu")),
      issuedAt: issuedAt)
    try check()
  }

  private static func text(
    _ members: DescriptorMembers, _ name: String
  ) throws(AddressError) -> String {
    guard let text = members.object[name]?.string else { throw .missingPrefix }
    return text
  }

  private static func gpus(_ members: DescriptorMembers) throws(DescriptorError) -> [GPU] {
    var gpus: [GPU] = []
    for gpu in try members.objects("gpus") {
      gpus.append(
        GPU(
          type: try gpu.text("type"), name: try gpu.optionalText("name"),
          memory: try gpu.integer("memory"), count: try gpu.integer("count"),
          compute: try gpu.optionalText("compute"), driver: try gpu.optionalText("driver")))
    }
    return gpus
  }

  private static func programs(_ members: DescriptorMembers) throws(DescriptorError) -> [Program] {
    var programs: [Program] = []
    for program in try members.objects("interpreters") {
      programs.append(
        Program(name: try program.text("name"), version: try program.optionalText("version")))
    }
    return programs
  }

  private static func wei(
    _ members: DescriptorMembers, _ name: String
  ) throws(DescriptorError) -> UInt256 {
    let text = try members.text(name)
    guard let wei = try? UInt256(decimal: text), wei.description == text else {
      throw members.error(name, "is no decimal integer below 2^256")
    }
    return wei
  }

  /// The object that is signed, and read again by `init(_:)`.
  public var json: JSONObject {
    [
      "version": .integer(Self.version), "address": .string("\(address)"),
      "endpoint": .string(endpoint), "region": .string(region),
      "gpus": .array(gpus.map(\.json)),
      "cpu": ["cores": .integer(cpu.cores), "memory": .integer(cpu.memory)],
      "storage": .integer(storage),
      "interpreters": .array(
        interpreters.map { program in
          var object: JSONObject = ["name": .string(program.name)]
          object["version"] = program.version.map { .string($0) }
          return .object(object)
        }),
      "price": ["gpu": .string("\(price.gpu)"), "cpu": .string("\(price.cpu)")],
      "issuedAt": .string("\(issuedAt)"),
    ]
  }
}

extension NodeDescriptor.GPU {
  /// The object in `gpus`.
  public var json: JSON {
    var object: JSONObject = ["type": .string(type)]
    object["name"] = name.map { .string($0) }
    object["memory"] = .integer(memory)
    object["count"] = .integer(count)
    object["compute"] = compute.map { .string($0) }
    object["driver"] = driver.map { .string($0) }
    return .object(object)
  }
}
