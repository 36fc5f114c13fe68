import Marketplace
import NodeClient
import Records

extension DescriptorSigning {
  /// Hands the descriptor of a record's node to a pool, where it takes the place of an earlier one.
  func join(_ pool: PoolClient, _ record: Record) async throws(Failure) -> Record {
    let signed = try sign(try descriptor(of: record), of: record)
    try keep(signed)
    let id = try await pool.join(signed)
    return try record.settingNode([
      "address": .string("\(signed.descriptor.address)"),
      "endpoint": .string(signed.descriptor.endpoint),
      "issuedAt": .string("\(signed.descriptor.issuedAt)"),
      "descriptor": .string("\(signed.cid)"), "id": .string(id),
      "pool": .string("\(pool.endpoint)"),
    ])
  }
}
