internal import IPFS
internal import NodeContent
internal import NodeEngine

/// What `/ipfs` gives out: the node's content, and its own descriptor, which nobody brought here.
struct ServedBlocks: BlockSource {
  let content: NodeContent
  let descriptor: @Sendable (CID) -> [UInt8]?

  func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    do throws(RepositoryError) { return try content.block(cid) } catch {
      if case .notFound = error, let bytes = own(cid) { return bytes }
      throw error
    }
  }

  func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    do throws(RepositoryError) { return try content.unprovedBlock(cid) } catch {
      if case .notFound = error, let bytes = own(cid) { return bytes }
      throw error
    }
  }

  func length(of cid: CID) throws(RepositoryError) -> Int {
    do throws(RepositoryError) { return try content.length(of: cid) } catch {
      if case .notFound = error, let bytes = own(cid) { return bytes.count }
      throw error
    }
  }

  private func own(_ cid: CID) -> [UInt8]? { cid.codec == .raw ? descriptor(cid) : nil }
}

extension Routes {
  /// What `/ipfs` looks in.
  var servedBlocks: ServedBlocks {
    ServedBlocks(content: engine.content, descriptor: options.descriptor)
  }
}
