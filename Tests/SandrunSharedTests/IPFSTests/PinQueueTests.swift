import Files
@testable import IPFS
import SystemPackage
import TestSupport
import Testing

/// What waits to be pinned is pinned in the end, whichever commit fails.
@Suite struct PinQueueTests {
  @Test func aFailedCommitForgetsNoPin() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("ipfs")
    let repository = try Repository(at: path)
    let batch = repository.batch()
    let block = Array("kept".utf8)
    let cid = CID(hashing: block, codec: .raw)
    try unsafe batch.put(block.span.bytes, of: cid)
    let queue = PinQueue()
    queue.append(Pin(cid))
    let journal = path.appending("pins").appending("journal")
    try Files.makeDirectories(journal)
    #expect(throws: PinError.self) { try queue.commit(into: batch) }
    try Files.removeTree(journal)
    try queue.commit(into: batch)
    #expect(try repository.pins.find(cid) == Pin(cid))
    #expect(try repository.pins.all().pins.count == 1)
    try queue.commit(into: batch)
    #expect(try repository.pins.all().pins.count == 1, "once")
  }
}
