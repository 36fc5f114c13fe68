import Marketplace
import Records
import Testing

@testable import Matching

/// What a job asks of the machine.
@Suite("Offers") struct NodeOfferTests {
  private func refusal(
    _ offer: NodeOffer, _ change: (inout JSONObject) -> Void = { _ in }
  ) throws -> JobRefusal? {
    let job = try Job(sampleJob(change))
    return MatchingTests.refusal { () throws(JobRefusal) in try offer.check(job) }
  }

  private func offer(
    _ gpus: [NodeDescriptor.GPU] = [], present: Int? = nil, memory: Int = 1 << 30
  ) -> NodeOffer {
    NodeOffer(memory: memory, gpus: gpus, presentGPUs: present) {
      $0 == "python3" ? nil : "there is no \($0) here"
    }
  }

  @Test("have so much memory, and the interpreter, or say what is in its way") func machine()
    throws
  {
    #expect(try refusal(offer()) == nil)
    let small = try refusal(offer(memory: 1 << 30 - 1))
    #expect(small?.code == .requirements)
    #expect(small?.reason.hasPrefix("it may use ") == true)
    let other = try refusal(offer()) { $0["interpreter"] = "ruby" }
    #expect(other == JobRefusal(.requirements, "there is no ruby here"))
    #expect(try refusal(offer()) { $0["interpreter"] = nil } == nil)
  }

  @Test(
    "have GPUs of the type, with the memory and the compute capability, so many as are asked for")
  func criteria() throws {
    let a100 = NodeDescriptor.GPU(
      type: "a100", memory: 40_000_000_000, count: 2, compute: "8.0")
    func code(_ wanted: JSON, _ gpus: [NodeDescriptor.GPU]? = nil, present: Int? = nil) throws
      -> JobRefusal.Code?
    {
      try refusal(offer(gpus ?? [a100], present: present)) { $0["gpu"] = wanted }?.code
    }
    #expect(try code(["type": "a100", "count": .integer(2)]) == nil)
    #expect(try code(["type": "a100", "count": .integer(3)]) == .requirements)
    #expect(try code(["type": "h100", "count": .integer(1)]) == .requirements)
    #expect(try code(["type": "a100", "memory": .integer(40_000_000_000)]) == nil)
    #expect(try code(["type": "a100", "memory": .integer(40_000_000_001)]) == .requirements)
    #expect(try code(["type": "a100", "compute": "8.0"]) == nil)
    #expect(try code(["type": "a100", "compute": "8.1"]) == .requirements)
    #expect(try code(["type": "a100", "compute": "7.10"]) == nil)
    // Of several kinds those that fit count together, and no others.
    var mixed = [a100, a100]
    mixed[1].memory = 80_000_000_000
    #expect(try code(["type": "a100", "count": .integer(4)], mixed) == nil)
    #expect(
      try code(
        ["type": "a100", "memory": .integer(60_000_000_000), "count": .integer(3)], mixed)
        == .requirements)
    // An inventory is what somebody wrote; the machine is what is there now.
    #expect(try code(["type": "a100", "count": .integer(2)], present: 2) == nil)
    #expect(try code(["type": "a100", "count": .integer(2)], present: 1) == .requirements)
    #expect(try code(["type": "a100"], present: 0) == .requirements)
  }

  @Test("say whether no GPU is known, too few fit, or too few are there") func reasons() throws {
    let gpu = NodeDescriptor.GPU(type: "cuda", memory: 1 << 30)
    let wanted: (inout JSONObject) -> Void = {
      $0["gpu"] = ["type": "cuda", "count": .integer(2)]
    }
    #expect(
      try refusal(offer(), wanted)?.reason
        == "it asks for GPUs (cuda::2), and no GPU of this machine is known")
    #expect(
      try refusal(offer([gpu]), wanted)?.reason == "it asks for GPUs (cuda::2), and 1 here are such"
    )
    #expect(
      try refusal(offer([gpu, gpu], present: 1), wanted)?.reason
        == "it asks for GPUs (cuda::2), and 1 are in this machine now")
  }
}
