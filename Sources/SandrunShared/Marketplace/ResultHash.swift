public import Hashing

/// What nodes must agree on: the hash of a finished run's specification, code, outputs and exit status.
public enum ResultHash {
  /// The type that the hash is of, hashed into it as EIP-712 does.
  public static let type =
    "SandrunResult(bytes32 specification,bytes32 code,bytes32 outputs,uint256 exitStatus)"

  /// keccak256 of the ABI encoding of (type hash, specification, code, outputs, exit status).
  ///
  /// The three digests are the sha2-256 digests of the CIDs; the exit status is 0 to 255. A run ended by a limit or
  /// a signal has none.
  public static func of(
    specification: Digest32, code: Digest32, outputs: Digest32, exitStatus: UInt8
  ) -> Digest32 {
    var encoded = Keccak256.hash(Array(type.utf8)).bytes
    encoded += specification.bytes + code.bytes + outputs.bytes
    encoded += [UInt8](repeating: 0, count: 31) + [exitStatus]
    return Keccak256.hash(encoded)
  }
}
