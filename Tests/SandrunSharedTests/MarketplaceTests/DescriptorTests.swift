import Ethereum
import Hashing
import IPFS
import Marketplace
import Records
import Testing
import WideInteger

/// Descriptors that nodes sign, and what strangers give out as such.
@Suite struct DescriptorTests {
  private let signer: Signer
  private let descriptor: NodeDescriptor

  private static func signer(_ byte: UInt8) throws -> Signer {
    let secret = [UInt8](repeating: byte, count: 32)
    return Signer(try PrivateKey(SecretBytes(copying: secret.span)))
  }

  init() throws {
    signer = try Self.signer(7)
    descriptor = NodeDescriptor(
      address: signer.address, endpoint: "https://node.example:8443", region: "us-east-1",
      gpus: [
        .init(
          type: "cuda", name: "NVIDIA A100-SXM4-40GB", memory: 40 << 30, count: 2, compute: "8.0",
          driver: "550.54"), .init(type: "rocm", memory: 16 << 30),
      ], cpu: .init(cores: 16, memory: 64 << 30), storage: 1 << 40,
      interpreters: [.init(name: "python3", version: "Python 3.11.2"), .init(name: "sh")],
      price: try NodePrice("gpu=0.5ETH/h,cpu=0.1ETH/h"),
      issuedAt: try Timestamp("2026-11-22T03:20:00Z"))
  }

  @Test func signedAndRead() throws {
    let signed = try SignedDescriptor(signing: descriptor, with: signer)
    let read = try SignedDescriptor(parsing: signed.bytes)
    #expect(read == signed && read.descriptor == descriptor)
    // Members in any order, as a record has them; the block is the same.
    var shuffled = JSONObject(Array((read.json.object?.members ?? []).reversed()))
    #expect(try SignedDescriptor(shuffled).cid == signed.cid)
    #expect(signed.cid == CID(hashing: signed.bytes, codec: .raw))
    try read.check(
      operator: signer.address, endpoint: descriptor.endpoint, cid: signed.cid)
    // What a later version adds is signed with the rest, and kept.
    shuffled["signature"] = nil
    shuffled["battery"] = ["hours": 2]
    let later = try resigned(shuffled)
    #expect(try SignedDescriptor(later).json["battery"]?["hours"]?.integer == 2)
    #expect(try SignedDescriptor(later).cid != signed.cid)
  }

  /// What a signature is over, made by hand: RFC 8785 of an ASCII object is its members sorted.
  @Test func theSignedBytes() throws {
    let small = NodeDescriptor(
      address: signer.address, endpoint: "", region: "eu", cpu: .init(cores: 1, memory: 1),
      storage: 0, price: NodePrice(), issuedAt: Timestamp(seconds: 0))
    let text = """
      {"address":"\(signer.address)","cpu":{"cores":1,"memory":1},"endpoint":"","gpus":[],\
      "interpreters":[],"issuedAt":"1970-01-01T00:00:00Z","price":{"cpu":"0","gpu":"0"},\
      "region":"eu","storage":0,"version":1}
      """
    let signed = try SignedDescriptor(signing: small, with: signer)
    let digest = PersonalMessage.digest(of: Array(text.utf8))
    #expect(signed.signature.isValid(for: digest, by: signer.address))
    let whole = text.replacing(
      "\"storage\"", with: "\"signature\":\"\(signed.signature)\",\"storage\"")
    #expect(String(decoding: signed.bytes, as: UTF8.self) == whole)
  }

  private func resigned(_ object: JSONObject) throws -> JSONObject {
    let sorted = try Specification(of: object).bytes
    var copy = object
    copy["signature"] = .string("\(signer.sign(message: sorted))")
    return copy
  }

  @Test func whatIsNotWhatIsRegistered() throws {
    let signed = try SignedDescriptor(signing: descriptor, with: signer)
    let other = try Address(bytes: [UInt8](repeating: 1, count: 20))
    let endpoint = descriptor.endpoint
    func member(_ operatorAddress: Address, _ endpoint: String, _ cid: CID) -> String? {
      do throws(DescriptorError) {
        try signed.check(operator: operatorAddress, endpoint: endpoint, cid: cid)
        return nil
      } catch {
        return error.member
      }
    }
    #expect(member(signer.address, endpoint, signed.cid) == nil)
    #expect(member(other, endpoint, signed.cid) == "descriptor.address")
    #expect(member(signer.address, "https://b", signed.cid) == "descriptor.endpoint")
    #expect(
      member(signer.address, endpoint, CID(hashing: [], codec: .raw)) == "descriptor")
    let stranger = try Self.signer(8)
    #expect(throws: DescriptorError.self) {
      try SignedDescriptor(signing: descriptor, with: stranger)
    }
  }

  @Test func hostileBlocks() throws {
    let good = try SignedDescriptor(signing: descriptor, with: signer)
    let text = String(decoding: good.bytes, as: UTF8.self)
    for bad in [
      "", "null", "[]", "{}", "{", text + "\n", " " + text, String(text.dropLast()),
      text.replacing("\"version\":1", with: "\"version\":2"),
      text.replacing("\"version\":1", with: "\"version\":1.0"),
      text.replacing("us-east-1", with: "us-east-2"),
      text.replacing("\"storage\"", with: "\"storag\\u0065\""),
      text.replacing("\"version\":1", with: "\"version\":1,\"version\":1"),
      text.replacing("\"signature\":\"0x", with: "\"signature\":\"0X"),
      text.replacing("\(good.signature)", with: "\(good.signature)".uppercased()),
      text.replacing("\(good.signature)", with: "0x" + String(repeating: "0", count: 130)),
      String(repeating: "[", count: 60_000), String(repeating: " ", count: 70_000) + text,
    ] {
      #expect(throws: DescriptorError.self, "\(bad.prefix(80))") {
        try SignedDescriptor(parsing: Array(bad.utf8))
      }
    }
    #expect(throws: DescriptorError.self) { try SignedDescriptor(parsing: [0xff, 0xfe]) }
  }

  @Test(arguments: [
    ("address", "\"0x12\""), ("address", "7"), ("endpoint", "\"ftp://a\""),
    ("endpoint", "\"http://\""), ("endpoint", "\"http://a b\""),
    ("endpoint", "\"http://a@b\""), ("endpoint", "\"http://a\\u001b[2J\""),
    ("endpoint", "\"http:///x\""), ("endpoint", "\"http://a?b\""), ("endpoint", "null"),
    ("region", "\"\""), ("region", "\"US\""), ("region", "\"a b\""), ("region", "\"-a\""),
    ("region", "\"a\\nb\""), ("gpus", "{}"), ("gpus", "[1]"),
    ("gpus", #"[{"type":"CUDA","memory":1,"count":1}]"#),
    ("gpus", #"[{"type":"cuda","memory":0,"count":1}]"#),
    ("gpus", #"[{"type":"cuda","memory":1,"count":1025}]"#),
    ("gpus", #"[{"type":"cuda","memory":1,"count":-1}]"#),
    ("gpus", #"[{"type":"cuda","memory":1,"count":1,"compute":"8"}]"#),
    ("gpus", #"[{"type":"cuda","memory":1,"count":1,"name":"\u001b[31m"}]"#),
    ("gpus", #"[{"type":"cuda","memory":1,"count":1,"driver":7}]"#),
    ("gpus", #"[{"type":"cuda","count":1}]"#),
    ("cpu", #"{"cores":0,"memory":1}"#), ("cpu", #"{"cores":65537,"memory":1}"#),
    ("cpu", #"{"cores":1,"memory":-1}"#), ("cpu", #"{"cores":1,"memory":9007199254740992}"#),
    ("cpu", #"{"cores":1.5,"memory":1}"#), ("cpu", "[]"), ("storage", "-1"),
    ("storage", "9223372036854775807"), ("storage", "\"1\""),
    ("interpreters", #"[{"name":"/bin/sh"}]"#), ("interpreters", #"[{"name":""}]"#),
    ("interpreters", #"[{"version":"1"}]"#), ("interpreters", "null"),
    ("price", #"{"gpu":"1"}"#), ("price", #"{"gpu":"-1","cpu":"0"}"#),
    ("price", #"{"gpu":"01","cpu":"0"}"#), ("price", #"{"gpu":1,"cpu":"0"}"#),
    ("price", #"{"gpu":"1e3","cpu":"0"}"#),
    (
      "price",
      #"{"gpu":"115792089237316195423570985008687907853269984665640564039457584007913129639936","cpu":"0"}"#
    ), ("issuedAt", "\"yesterday\""), ("issuedAt", "\"2026-02-30T00:00:00Z\""), ("issuedAt", "0"),
  ])
  func membersThatCannotBe(_ member: String, _ value: String) throws {
    var object = descriptor.json
    object[member] = try JSON(parsing: Array(value.utf8))
    do throws(DescriptorError) {
      _ = try NodeDescriptor(object)
      Issue.record("\(member) \(value) is taken")
    } catch {
      #expect(error.member.hasPrefix("descriptor.\(member)"), "\(error)")
    }
    object[member] = nil
    #expect(throws: DescriptorError.self) { try NodeDescriptor(object) }
  }

  @Test func tooMuchOfAll() throws {
    var many = descriptor
    many.interpreters = [NodeDescriptor.Program](
      repeating: .init(name: "sh", version: "1"), count: 257)
    #expect(throws: DescriptorError.self) { try many.check() }
    #expect(throws: DescriptorError.self) { try NodeDescriptor(many.json) }
    // 256 long ones are more than a block holds.
    let long = String(repeating: "a", count: 128)
    many.interpreters = [NodeDescriptor.Program](
      repeating: .init(name: long, version: long), count: 256)
    #expect(throws: DescriptorError.self) {
      let signed = try SignedDescriptor(signing: many, with: signer)
      _ = try SignedDescriptor(parsing: signed.bytes)
    }
  }

  @Test(arguments: [
    ("cuda", true), ("cuda:40GiB:2", true), ("cuda:40GiB:3", false), ("cuda:41GiB", false),
    ("a100", true), ("a10", false), ("a100:40GB:2,compute>=8.0", true),
    ("a100,compute>=8.6", false), ("cuda,compute>=7.10", true), ("rocm", true),
    ("rocm,compute>=1.0", false), ("opencl", false),
  ])
  func gpus(_ wanted: String, _ isOffered: Bool) throws {
    #expect(descriptor.offers(try GPURequirement(wanted)) == isOffered)
  }

  @Test func namesOfModels() {
    let gpu = NodeDescriptor.GPU(type: "cuda", name: "NVIDIA GeForce RTX 4090", memory: 24 << 30)
    #expect(gpu.isKnown(as: "rtx4090") && gpu.isKnown(as: "rtx-4090") && gpu.isKnown(as: "4090"))
    #expect(!gpu.isKnown(as: "409") && !gpu.isKnown(as: "rtx409") && !gpu.isKnown(as: ""))
    #expect(descriptor.gpuCount == 3)
    #expect(
      descriptor.isIn("us-east") && descriptor.isIn("us-east-1") && !descriptor.isIn("us-eas"))
  }

  @Test func prices() throws {
    let price = try NodePrice("gpu=0.5ETH/h,cpu=0.1ETH/h")
    #expect(price.cost(gpus: 2, seconds: 3600) == 1_100_000_000_000_000_000)
    #expect(price.cost(gpus: 0, seconds: 1) == 27_777_777_777_778)
    #expect(price.cost(gpus: 0, seconds: 0) == 0)
    #expect(price.cost(gpus: -1, seconds: 1) == nil)
    #expect(NodePrice(gpu: .max).cost(gpus: 2, seconds: 1) == nil)
    #expect(NodePrice(gpu: .max, cpu: 1).cost(gpus: 1, seconds: 1) == nil)
    #expect(NodePrice(cpu: .max).cost(gpus: 0, seconds: 3600) == nil)
    #expect(try NodePrice("cpu=5gwei/h") == NodePrice(cpu: 5_000_000_000))
    for bad in [
      "", "gpu", "gpu=1", "gpu=1ETH/s", "gpu=1ETH/h,gpu=1ETH/h", "tpu=1ETH/h", "gpu=1ETH/h,",
      "gpu=-1ETH/h", "gpu=/h", "gpu=0.5/h",
    ] { #expect(throws: UnitError.self, "\(bad)") { try NodePrice(bad) } }
  }
}
