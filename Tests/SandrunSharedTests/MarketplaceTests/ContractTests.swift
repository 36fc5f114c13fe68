import ABI
import Marketplace
import Records
import SystemPackage
import TestSupport
import Testing

/// The contracts' interface as it is written here, against what the compiler made of their sources.
@Suite struct ContractTests {
  /// What the contracts keep to one another; no client calls it.
  static let inner: [MarketplaceContract: Set<String>] = [
    .nodeRegistry: ["bind", "free", "slash"],
    .jobMarketplace: ["dropClaim", "giveBack", "openChallenge", "creditSlash"],
    .proofVerification: [],
    .consensusManager: ["conclude"],
  ]

  @Test(arguments: MarketplaceContract.allCases)
  func theArtefactsAgree(contract: MarketplaceContract) throws {
    let text = String(decoding: try Self.artefact(contract), as: UTF8.self)
    #expect(try Self.differences(contract, text) == [])
    #expect(contract.abi.functions.count > 4)
  }

  /// The comparison itself: each change to an artefact is seen.
  @Test(arguments: [
    (
      #"{"name":"claimDeadline","type":"uint256","indexed":false}"#, "JobSubmitted",
      #"{"name":"claimEnd","type":"uint256","indexed":false}"#
    ),
    (
      #"{"name":"seed","type":"bytes32","indexed":false}"#, "Drawn",
      #"{"name":"seed","type":"bytes32","indexed":true}"#
    ),
    (
      #"{"name":"paid","type":"bool","indexed":false}"#, "JobCompleted",
      #"{"name":"paid","type":"uint8","indexed":false}"#
    ),
    (#""name":"Drawn""#, "Drawn", #""name":"Draw""#),
    (#""name":"closed","type":"bool""#, "jobs", #""name":"over","type":"bool""#),
    (
      #""stateMutability":"payable","type":"function","name":"submitJob""#, "submitJob",
      #""stateMutability":"nonpayable","type":"function","name":"submitJob""#
    ),
    (#""name":"_registry""#, "constructor", #""name":"_nodes""#),
  ])
  func aChangeIsSeen(before: String, name: String, after: String) throws {
    let text = String(decoding: try Self.artefact(.jobMarketplace), as: UTF8.self)
    let parts = text.split(separator: before, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "\(before) is in the artefact")
    let changed = parts[0] + after + parts[1]
    #expect(try Self.differences(.jobMarketplace, String(changed)).contains { $0.contains(name) })
  }

  /// The numbers of the sources, by their names there.
  @Test func theConstantsAgree() throws {
    let consensus = try Self.constants("ConsensusManager")
    let stages: [(String, JobStage)] = [
      ("RUNNING", .running), ("AGREED", .agreed), ("CHALLENGED", .challenged), ("FINAL", .final),
      ("PAID", .paid), ("REFUNDED", .refunded),
    ]
    #expect(stages.count == JobStage.allCases.count)
    for (name, stage) in stages { #expect(consensus[name] == Int(stage.rawValue), "\(name)") }

    let kinds: [(String, PaymentKind)] = [
      ("NODE_SHARE", .nodeShare), ("CHECKER_SHARE", .checkerShare),
      ("SUBMITTER_REST", .submitterRest), ("BOND_BACK", .bondBack),
      ("CHALLENGER_COSTS", .challengerCosts), ("BURNED", .burned), ("LOSERS_BONDS", .losersBonds),
    ]
    #expect(kinds.count == PaymentKind.allCases.count)
    let ledger = try Self.constants("libraries/ledger")
    for (name, kind) in kinds { #expect(ledger[name] == Int(kind.rawValue), "\(name)") }
    #expect(try Self.constants("JobMarketplace")["MOST_NODES"] == Quorum.nodeLimit)

    let outcomes: [(String, ClaimOutcome)] = [
      ("AGREED", .agreed), ("NEUTRAL", .neutral), ("COULD_NOT_RUN", .couldNotRun),
      ("NO_VERDICT", .noVerdict),
    ]
    let reasons: [(String, SlashReason)] = [
      ("EXPIRED", .expired), ("SILENT", .silent), ("OTHER_RESULT", .otherResult),
    ]
    #expect(outcomes.count == ClaimOutcome.allCases.count)
    #expect(reasons.count == SlashReason.allCases.count)
    let registry = try Self.constants("NodeRegistry")
    for (name, outcome) in outcomes {
      #expect(registry[name] == Int(outcome.rawValue), "\(name)")
      #expect(consensus["FREED_" + name] == Int(outcome.rawValue), "\(name)")
    }
    for (name, reason) in reasons {
      #expect(registry[name] == Int(reason.rawValue), "\(name)")
      #expect(consensus["SLASHED_" + name] == Int(reason.rawValue), "\(name)")
    }
  }

  // MARK: Comparing

  private static func artefact(_ contract: MarketplaceContract) throws -> [UInt8] {
    try Vectors.bytes(
      of: Vectors.checkout.appending("contracts/marketplace/\(contract.name).json"))
  }

  /// What is on one side alone, or on both in different forms.
  private static func differences(
    _ contract: MarketplaceContract, _ artefact: String
  ) throws -> [String] {
    let compiled = try ContractABI(parsing: Array(artefact.utf8))
    let inner = try #require(inner[contract])
    var found: [String] = []
    func compare<Definition: Equatable>(
      _ ours: [Definition], _ theirs: [Definition], _ name: (Definition) -> String
    ) {
      for one in ours where !theirs.contains(one) { found.append("written: \(name(one)): \(one)") }
      for one in theirs where !ours.contains(one) { found.append("compiled: \(name(one)): \(one)") }
    }
    compare(
      contract.abi.functions, compiled.functions.filter { !inner.contains($0.name) }.map(plain),
      \.name)
    compare(contract.abi.events, compiled.events, \.name)
    compare(contract.abi.errors, compiled.errors, \.name)
    let constructors = [contract.abi.constructor, compiled.constructor.map(plain)]
    if constructors[0] != constructors[1] { found.append("constructor: \(constructors)") }
    for name in inner where !compiled.functions.contains(where: { $0.name == name }) {
      found.append("no longer there: \(name)")
    }
    return found
  }

  /// Without the names that the compiler makes up for the places of a mapping's getter.
  private static func plain(_ function: ABIFunction) -> ABIFunction {
    var function = function
    for index in function.inputs.indices where function.inputs[index].name == "arg\(index)" {
      function.inputs[index].name = ""
    }
    return function
  }

  /// Without the `_` that tells a constructor's parameter from the immutable of its name.
  private static func plain(_ constructor: ABIConstructor) -> ABIConstructor {
    var constructor = constructor
    for index in constructor.inputs.indices {
      constructor.inputs[index].name = String(constructor.inputs[index].name.drop { $0 == "_" })
    }
    return constructor
  }

  /// The lines `NAME: constant(uint256) = 1` of a source.
  private static func constants(_ source: String) throws -> [String: Int] {
    let source = try Vectors.bytes(
      of: Vectors.checkout.appending("contracts/marketplace/\(source).vy"))
    var found: [String: Int] = [:]
    for line in String(decoding: source, as: UTF8.self).split(separator: "\n") {
      let halves = line.split(separator: ": constant(uint256) = ")
      guard halves.count == 2 else { continue }
      let value = halves[1].prefix { $0 != " " && $0 != "#" }
      if let number = Int(value) { found[String(halves[0])] = number }
    }
    return found
  }
}
