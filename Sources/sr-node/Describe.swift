import ArgumentParser
import Commands
import Records
import Sandbox

struct Describe: Command {
  static let configuration = CommandConfiguration(
    abstract: "Describe this machine as a node: a record with 'node'.",
    discussion: "$ sr-node describe | jq .node.interpreters")

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let machine = Machine(folders: try world.folders, path: world.environment["PATH"] ?? "")
    try world.write(Record(["node": .object(machine.json)]))
    return .done
  }
}

extension World {
  /// Writes one record that answers no other.
  func write(_ record: Record) throws(Failure) {
    try output.write(record.bytes + [UInt8(ascii: "\n")])
  }
}
