import Ethereum
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Marketplace
@testable import NodeEngine

@Suite(.timeLimit(.minutes(3))) struct PoolTests {
  /// A pool whose clock stands until it is moved.
  final class Clock: Sendable {
    private let seconds = Mutex(1_800_000_000)
    var now: Timestamp { Timestamp(seconds: seconds.withLock { $0 }) }
    func move(_ by: Int) { seconds.withLock { $0 += by } }
  }

  let scratch: Scratch
  let folder: NodeFolder
  let clock = Clock()
  let signer = Signer(PrivateKey.random())

  init() throws {
    scratch = try Scratch()
    folder = try NodeFolder(scratch.path.appending("serve"))
  }

  private func pool(maxNodes: Int = 100) throws -> NodePool {
    let clock = clock
    return try NodePool(in: folder, maxNodes: maxNodes, keep: .seconds(3600), now: { clock.now })
  }

  private func signed(
    _ signer: Signer? = nil, issued: Timestamp? = nil, region: String = "eu",
    gpus: [NodeDescriptor.GPU] = [], endpoint: String = "http://127.0.0.1:1"
  ) throws -> SignedDescriptor {
    let signer = signer ?? self.signer
    return try SignedDescriptor(
      signing: NodeDescriptor(
        address: signer.address, endpoint: endpoint, region: region, gpus: gpus,
        cpu: .init(cores: 1, memory: 1 << 30), storage: 0, price: NodePrice(),
        issuedAt: issued ?? clock.now), with: signer)
  }

  private func retiring(
    issued: Timestamp, _ value: JSON = true
  ) throws -> SignedDescriptor {
    var object = try #require(try signed(issued: issued, endpoint: "").json.object)
    object["signature"] = nil
    object["retired"] = value
    var bytes: [UInt8] = []
    try CanonicalJSON.write(.object(object), path: "", to: &bytes)
    object["signature"] = .string("\(signer.sign(message: bytes))")
    return try SignedDescriptor(object)
  }

  @Test("a node is there after the next start; a newer descriptor takes the place of an older one")
  func kept() throws {
    let first = try signed()
    let entry = try #require(try pool().add(first))
    #expect(entry.bytes == first.bytes && entry.registeredAt == clock.now)
    #expect(entry.expiresAt.seconds == clock.now.seconds + 3600)
    let again = try pool()
    #expect(try again.entry(of: signer.address) == entry)
    clock.move(10)
    // The same again is no other registration.
    #expect(try again.add(first) == entry)
    let second = try signed(region: "us")
    #expect(try again.add(second)?.bytes == second.bytes)
    #expect(throws: PoolError.notNewer(clock.now)) { try again.add(first) }
    #expect(throws: PoolError.notNewer(clock.now)) { try again.add(signed(region: "asia")) }
    #expect(try again.count() == 1)
    #expect(try again.entry(of: signer.address)?.json["descriptor"]?["region"] == "us")
  }

  @Test("a node goes when its descriptor is too old, which no repetition prevents")
  func expired() throws {
    let pool = try pool()
    let first = try signed()
    _ = try pool.add(first)
    clock.move(3599)
    _ = try pool.add(first)
    #expect(try pool.count() == 1)
    clock.move(1)
    #expect(try pool.count() == 0 && pool.entry(of: signer.address) == nil)
    #expect(try pool.page(of: NodeCriteria(), limit: 10).entries.isEmpty)
    #expect(throws: PoolError.self) { try pool.add(first) }
    #expect(try pool.add(signed()) != nil)
  }

  @Test("what is issued in the future, leads nowhere, or is too long is refused")
  func refused() throws {
    let pool = try pool()
    let late = Timestamp(seconds: clock.now.seconds + 301)
    #expect(throws: PoolError.self) { try pool.add(signed(issued: late)) }
    let far = try Timestamp("9999-12-31T23:59:59Z")
    #expect(throws: PoolError.self) { try pool.add(signed(issued: far)) }
    let old = try Timestamp("0000-01-01T00:00:00Z")
    #expect(throws: PoolError.self) { try pool.add(signed(issued: old)) }
    #expect(throws: PoolError.self) { try pool.add(signed(endpoint: "")) }
    let gpu = NodeDescriptor.GPU(type: "cuda", name: String(repeating: "n", count: 128), memory: 1)
    let long = [NodeDescriptor.GPU](repeating: gpu, count: 200)
    #expect(throws: PoolError.self) { try pool.add(signed(gpus: long)) }
    #expect(throws: PoolError.self) { try pool.add(retiring(issued: clock.now, "yes")) }
    #expect(try pool.count() == 0)
    let soon = Timestamp(seconds: clock.now.seconds + 300)
    #expect(try pool.add(signed(issued: soon)) != nil)
  }

  @Test("a retired node is not found, and nobody brings its old descriptor back")
  func retired() throws {
    let pool = try pool()
    let first = try signed()
    _ = try pool.add(first)
    clock.move(1)
    #expect(try pool.add(retiring(issued: clock.now)) == nil)
    #expect(try pool.entry(of: signer.address) == nil && pool.count() == 0)
    #expect(throws: PoolError.notNewer(clock.now)) { try pool.add(first) }
    clock.move(1)
    #expect(try pool.add(signed()) != nil)
  }

  @Test("a full pool refuses one more, not a newer one, and has room once one went")
  func full() throws {
    let pool = try pool(maxNodes: 2)
    _ = try pool.add(signed())
    _ = try pool.add(signed(Signer(PrivateKey.random())))
    let third = Signer(PrivateKey.random())
    #expect(throws: PoolError.full) { try pool.add(signed(third)) }
    clock.move(1800)
    #expect(try pool.add(signed()) != nil)
    clock.move(1800)
    #expect(try pool.add(signed(third)) != nil)
    #expect(try pool.count() == 2)
  }

  @Test("pages follow each other, by address, and hold what meets the criteria")
  func pages() throws {
    let pool = try pool()
    var eu: [Address] = []
    for index in 0..<25 {
      let signer = Signer(PrivateKey.random())
      _ = try pool.add(signed(signer, region: index.isMultiple(of: 2) ? "eu" : "us"))
      if index.isMultiple(of: 2) { eu.append(signer.address) }
    }
    let criteria = try NodeCriteria(query: ["region": "eu"])
    var (found, next): ([Address], Address?) = ([], nil)
    repeat {
      let page = try pool.page(of: criteria, limit: 4, after: next)
      #expect(page.entries.count <= 4)
      found += page.entries.map(\.address)
      next = page.next
    } while next != nil
    #expect(found == eu.sorted { "\($0)".lowercased() < "\($1)".lowercased() })
  }

  @Test("a file that is another program's, or damaged, is left as it is")
  func damaged() throws {
    let path = folder.path.appending("registry.sqlite")
    let file = try FileDescriptor.open(
      path, .writeOnly, options: .create, permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(Array(repeating: UInt8(ascii: "x"), count: 9000)) }
    #expect(throws: EngineError.self) { try pool() }
  }
}
