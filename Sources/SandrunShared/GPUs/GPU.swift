public import Records

/// A GPU of this machine, with what its sources tell of it.
public struct GPU: Equatable, Sendable {
  /// Through which interface it is driven.
  public enum Backend: String, CaseIterable, Sendable {
    /// NVIDIA's driver.
    case cuda
    /// Any vendor's, behind the ICD loader.
    case opencl
  }

  /// Its place among the GPUs of this machine, from 0.
  public var index: Int
  /// Through which interface it is driven.
  public var backend: Backend
  /// Its place in the backend's own order; nil where only NVML knows of it.
  public var backendIndex: Int?
  /// Its place in NVML's order; nil where NVML does not show it.
  var watchIndex: Int?
  /// What is known of it.
  public var facts: Facts
  /// Where its sources say different things: what, and each source's word.
  public var disagreements: [JSONObject] = []

  /// The member `gpu` of a record.
  public var json: JSON {
    var object: JSONObject = ["index": .integer(index)]
    for member in facts.members.members { object[member.name] = member.value }
    object["reasons"] = .object(facts.reasons)
    object["disagreements"] = .array(disagreements.map { .object($0) })
    return .object(object)
  }

  /// The maker's name of the model.
  public var name: String? { facts["name"]?.string }
  /// The memory in bytes.
  public var memory: Int? { facts["memory"]?.integer }
  /// The compute capability, as `8.0`.
  public var compute: String? { facts["compute"]?.string }
  /// What tells it from all others.
  public var uuid: String? { facts["uuid"]?.string }
}
