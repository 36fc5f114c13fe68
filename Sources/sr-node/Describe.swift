import ArgumentParser
import Commands
import Records

struct Describe: Command {
  static let configuration = CommandConfiguration(
    abstract: "Describe this machine as a node: a record with 'node'.",
    discussion: """
      $ sr-node describe | jq .node.interpreters
      $ sr-node describe --price cpu=0.1ETH/h --region us-east-1 | sr-node register
      $ sr-gpu list | sr-node describe --inventory - --price gpu=0.5ETH/h,cpu=0.1ETH/h \
      --region us-east-1 --endpoint https://node.example:8443
      """)

  @OptionGroup(title: "Offer") var offer: OfferOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    // Whoever writes the inventory may be waiting for it to be read.
    let offered = try offer.members(in: world)
    let machine = Machine(folders: try world.folders, path: world.environment["PATH"] ?? "")
    var node = machine.json
    if let offered {
      node["cpu"] = ["cores": node["cores"] ?? .null, "memory": node["memory"] ?? .null]
      node["storage"] = node["disk"]
      for member in offered.members { node[member.name] = member.value }
    }
    try world.write(Record(["node": .object(node)]))
    return .done
  }
}

extension World {
  /// Writes one record that answers no other.
  func write(_ record: Record) throws(Failure) {
    try output.write(record.bytes + [UInt8(ascii: "\n")])
  }
}
