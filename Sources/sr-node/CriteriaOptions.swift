import ArgumentParser
import Marketplace
import Records
import WideInteger

/// What `discover` looks for.
struct CriteriaOptions: ParsableArguments {
  @Option(help: "Leave out nodes with fewer than <n> GPUs that fit.")
  var minGpus: Int?

  @Option(
    help: "Leave out nodes without GPUs of <type>, such as a100, or cuda:40GB:2,compute>=8.0.",
    transform: { text in
      do { return try GPURequirement(text) } catch { throw ValidationError("\(error)") }
    })
  var gpuType: GPURequirement?

  @Option(
    help: "Leave out GPUs with less memory than <size>.",
    transform: { text in
      do { return try ByteSize.parse(text) } catch { throw ValidationError("\(error)") }
    })
  var minMemory: Int?

  @Option(help: "Leave out nodes outside of <region>; us-east-1 is in us-east.")
  var region: String?

  @Option(
    help: "Leave out nodes that take more than <amount> an hour with the GPUs asked for.",
    transform: { text in
      let amount = text.hasSuffix("/h") ? String(text.dropLast(2)) : text
      do { return try Amount.parse(amount) } catch { throw ValidationError("\(error)") }
    })
  var maxPrice: UInt256?

  @Option(help: "Leave out nodes of whose claims fewer than <n> of 100 ended with the verdict.")
  var minReputation: Int?

  func validate() throws {
    guard (0...1024).contains(minGpus ?? 0) else {
      throw ValidationError("--min-gpus takes 0 to 1024")
    }
    guard (0...100).contains(minReputation ?? 0) else {
      throw ValidationError("--min-reputation takes 0 to 100")
    }
    guard NodeDescriptor.isRegion(region ?? "x") else {
      throw ValidationError("--region takes lower-case letters, digits and '-'")
    }
  }

  /// The criteria that a descriptor must meet.
  var criteria: NodeCriteria {
    var criteria = NodeCriteria()
    criteria.minGPUs = minGpus
    criteria.gpu = gpuType
    criteria.minMemory = minMemory
    criteria.region = region
    criteria.maxPrice = maxPrice
    return criteria
  }

  /// Whether what became of a node's claims is good enough; a node without any has earned none.
  func isReputed(_ node: RegisteredNode) -> Bool {
    (node.reputation ?? 0) >= minReputation ?? 0
  }
}
