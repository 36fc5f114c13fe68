import Commands
import Ethereum
import Hashing
import Marketplace
import NodeClient
import Records
import Signing

extension DescriptorSigning {
  /// Hands the descriptor of a record's node to a pool, where it takes the place of an older one.
  func join(_ pool: PoolClient, _ record: Record) async throws(Failure) -> Record {
    let signed = try sign(try descriptor(of: record), of: record)
    try keep(signed)
    let entry = try await pool.join(signed)
    var members: JSONObject = [
      "address": .string("\(signed.descriptor.address)"),
      "endpoint": .string(signed.descriptor.endpoint),
      "issuedAt": .string("\(signed.descriptor.issuedAt)"),
      "descriptor": .string("\(signed.cid)"), "pool": .string("\(pool.endpoint)"),
    ]
    if let text = entry["expires_at"]?.string, let time = try? Timestamp(text) {
      members["expiresAt"] = .string("\(time)")
    }
    return try record.settingNode(members)
  }

  /// Takes the node out of a pool, by its descriptor there with `retired`, signed anew.
  func leave(_ pool: PoolClient) async throws(Failure) -> Record {
    let address = try signatory.account()
    var members: JSONObject = [
      "address": .string("\(address)"), "pool": .string("\(pool.endpoint)"), "active": false,
    ]
    guard let known = try await pool.descriptor(of: address),
      var object = known.json.object
    else {
      world.note("\(address) is not in the pool at \(pool.endpoint)")
      return Record(["node": .object(members)])
    }
    object["issuedAt"] = .string("\(world.now())")
    object["retired"] = true
    object["signature"] = nil
    let record = Record(["node": .object(object)])
    let digest: Digest32
    do throws(DescriptorError) { digest = try SignedDescriptor.digest(of: object) } catch {
      throw Failure(error)
    }
    let signature = try signatory.sign(digest, as: address, of: record)
    object["signature"] = .string("\(signature)")
    let retired: SignedDescriptor
    do throws(DescriptorError) { retired = try SignedDescriptor(object) } catch {
      throw Failure(error)
    }
    try await pool.leave(retired)
    members["issuedAt"] = .string("\(retired.descriptor.issuedAt)")
    return Record(["node": .object(members)])
  }
}
