public import ArgumentParser
public import IPFS
import IPFSClients
import Records

/// Which part of a DAG is meant, in the words of trustless gateways.
struct PartOptions: ParsableArguments {
  @Option(
    help: """
      Write a part, behind the blocks on the way to it: all below, entity (a file, or what lists a directory) or block.
      """)
  var dagScope: DAGPart.Scope?

  @Option(help: "Of a file take the bytes <from:to> only, the last one included; * is the end.")
  var entityBytes: String?

  func validate() throws {
    if let entityBytes {
      guard DAGPart.Bytes(parsing: entityBytes) != nil else {
        throw ValidationError("--entity-bytes takes from:to, as 0:1023 or -1024:*")
      }
      guard dagScope == .entity else {
        throw ValidationError("--entity-bytes goes with --dag-scope entity")
      }
    }
  }

  /// The part that is asked for; nil without a scope.
  func part(_ operand: String) throws(Failure) -> DAGPart? {
    let path = try Content.path(operand)
    return dagScope.map { DAGPart(path, scope: $0, bytes: bytes) }
  }

  private var bytes: DAGPart.Bytes? { entityBytes.flatMap(DAGPart.Bytes.init(parsing:)) }

  /// What is fetched before it is asked for.
  var appetite: Appetite {
    switch dagScope {
    case .all, nil: .all
    case .block: .block
    case .entity: bytes.map(Self.appetite) ?? .file(nil)
    }
  }

  /// Where a stretch is counted from the end, only the blocks that are asked for.
  private static func appetite(for bytes: DAGPart.Bytes) -> Appetite {
    guard let start = UInt64(exactly: bytes.from) else { return .block }
    guard let last = bytes.to else { return .file(start..<(.max)) }
    return UInt64(exactly: last).map { .file(start..<$0 + 1) } ?? .block
  }
}

extension DAGPart.Scope: ExpressibleByArgument {}
