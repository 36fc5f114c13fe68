import Commands
import Ethereum
import Files
import Hashing
import IPFS
import Marketplace
import Records
import Signing
import SystemPackage

/// Makes descriptors of records, signs them with the node's key, and keeps them in the local repository.
struct DescriptorSigning: Sendable {
  let signatory: Signatory
  let repository: Repository
  let world: World

  init(_ signatory: Signatory, in world: World) throws(Failure) {
    self.signatory = signatory
    self.world = world
    let path = try world.repositoryPath
    do throws(RepositoryError) { repository = try Repository(at: path) } catch {
      throw Failure(error)
    }
  }

  /// What a record says of the node; nothing is signed yet.
  func descriptor(of record: Record) throws(Failure) -> NodeDescriptor {
    guard let node = try record.object("node") else {
      throw Failure(
        .data, "the record has no \"node\"",
        hint: "'sr-node describe --price … --region …' makes one")
    }
    let account = try signatory.account()
    do throws(DescriptorError) {
      return try NodeDescriptor(node: node, of: account, now: world.now())
    } catch {
      throw Failure(error)
    }
  }

  /// Signs it; the record is what an external signer is shown.
  func sign(
    _ descriptor: NodeDescriptor, of record: Record
  ) throws(Failure) -> SignedDescriptor {
    let digest: Digest32
    do throws(DescriptorError) { digest = try descriptor.digest() } catch { throw Failure(error) }
    let signature = try signatory.sign(digest, as: descriptor.address, of: record)
    do throws(DescriptorError) { return try SignedDescriptor(descriptor, signature) } catch {
      throw Failure(error)
    }
  }

  /// Keeps it as a raw block, on disk when this returns.
  func keep(_ descriptor: SignedDescriptor) throws(Failure) {
    do throws(RepositoryError) { _ = try repository.put(descriptor.bytes) } catch {
      throw Failure(error)
    }
  }

  /// The descriptor that is registered, where it says the same as this one, whenever that was written.
  func registered(
    as cid: CID?, at endpoint: String, alike descriptor: NodeDescriptor
  ) -> SignedDescriptor? {
    guard endpoint == descriptor.endpoint, let cid, let bytes = try? repository.block(cid),
      let known = try? SignedDescriptor(parsing: bytes), known.descriptor.isLike(descriptor)
    else { return nil }
    return known
  }
}

extension DescriptorSigning {
  /// Finds what `register` keeps in the local repository: descriptors that an account has signed, and nothing else.
  static func served(
    by address: Address, in world: World
  ) throws(Failure) -> @Sendable (CID) -> [UInt8]? {
    let path = try world.repositoryPath
    // A repository that cannot be read is no reason not to run jobs.
    guard let repository = try? Repository(at: path) else { return { _ in nil } }
    return { cid in
      guard let length = try? repository.length(of: cid), length <= SignedDescriptor.lengthLimit,
        let bytes = try? repository.block(cid),
        let signed = try? SignedDescriptor(parsing: bytes), signed.descriptor.address == address
      else { return nil }
      return bytes
    }
  }
}

extension World {
  /// The user's own repository.
  var repositoryPath: FilePath {
    get throws(Failure) { try folders.data.appending("ipfs") }
  }
}

extension Failure {
  /// What a tool says of a descriptor that is none: 65.
  init(_ error: DescriptorError) { self.init(.data, "\(error)", code: "bad-descriptor") }
}

extension Record {
  /// The record with what is known of its node once it is registered.
  func settingNode(_ members: JSONObject) throws(Failure) -> Record {
    var node = try objectText("node") ?? ObjectText(JSONObject())
    for member in members.members { node.set(member.name, to: member.value.bytes) }
    return setting("node", toText: node.bytes)
  }
}
