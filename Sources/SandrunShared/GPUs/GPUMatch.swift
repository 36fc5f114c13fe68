public import Marketplace
public import Records

/// Which GPUs satisfy a requirement, and what the others lack.
public struct GPUMatch: Equatable, Sendable {
  /// What is asked for.
  public var wanted: GPURequirement
  /// The GPUs, each with what keeps it from being one of those asked for.
  public var gpus: [(gpu: GPU, refusal: GPURefusal?)]

  /// Holds each GPU against the requirement.
  public init(_ wanted: GPURequirement, among gpus: [GPU]) {
    self.wanted = wanted
    self.gpus = gpus.map { ($0, $0.refusal(of: wanted)) }
  }

  /// How many satisfy it.
  public var count: Int { gpus.count { $0.refusal == nil } }

  /// Whether enough do.
  public var isMet: Bool { count >= wanted.count }

  /// What is missing, for people; nil where nothing is.
  public var lack: String? {
    guard !isMet else { return nil }
    if gpus.isEmpty { return "no GPU here" }
    if count > 0 { return "\(count) of the \(wanted.count) that are wanted are here" }
    return gpus.compactMap { entry in
      entry.refusal.map { "GPU \(entry.gpu.index): \($0.reason)" }
    }.joined(separator: "; ")
  }

  /// The member `match` of a record.
  public var json: JSON {
    [
      "ok": .bool(isMet), "requires": .string("\(wanted)"), "wanted": .integer(wanted.count),
      "satisfying": .integer(count),
      "gpus": .array(
        gpus.map { entry in
          [
            "index": .integer(entry.gpu.index),
            "name": entry.gpu.name.map { .string($0) } ?? .null,
            "ok": .bool(entry.refusal == nil),
            "failed": entry.refusal.map { .string($0.part) } ?? .null,
            "reason": entry.refusal.map { .string($0.reason) } ?? .null,
          ]
        }),
    ]
  }

  /// Whether all parts are the same.
  public static func == (left: GPUMatch, right: GPUMatch) -> Bool {
    left.wanted == right.wanted && left.gpus.map(\.gpu) == right.gpus.map(\.gpu)
      && left.gpus.map(\.refusal) == right.gpus.map(\.refusal)
  }
}
