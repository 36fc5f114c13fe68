public import IPFS
public import Records

/// What a pinning service does with content that it was asked to keep.
public enum PinState: String, Sendable, CaseIterable {
  /// It has not begun.
  case queued
  /// It is fetching the content.
  case pinning
  /// It keeps the content.
  case pinned
  /// It has given up.
  case failed

  /// Whether nothing more will come.
  public var isFinal: Bool { self == .pinned || self == .failed }
}

/// A service's own word on one request to pin.
public struct RemotePin: Sendable {
  /// The service's name for the request: opaque.
  public var requestID: String
  /// How far it has come.
  public var state: PinState
  /// When the service took it.
  public var created: PinTime
  /// What is kept.
  public var cid: CID
  /// What the user calls it.
  public var name: String?
  /// Addresses of peers that have the content.
  public var origins: [String] = []
  /// What the user keeps with it.
  public var meta = JSONObject()
  /// Addresses of the service's own peers.
  public var delegates: [String] = []
  /// What else the service tells.
  public var info = JSONObject()

  /// Why it failed, or how it stands, in the service's words; nil where it gives none.
  public var details: String? {
    if let text = info["status_details"]?.string, !text.isEmpty { return Self.bounded(text) }
    guard state == .failed, let other = info.members.first?.value.string else { return nil }
    return Self.bounded(other)
  }

  private static func bounded(_ text: String) -> String {
    text.unicodeScalars.count > 300
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(300))) + "…" : text
  }

  /// An element of a record's `pins`.
  public func member(of service: String) -> JSON {
    var object: JSONObject = [
      "remote": .string(service), "cid": .string("\(cid)"), "requestid": .string(requestID),
      "status": .string(state.rawValue),
      "created": .string(created.description),
    ]
    if let name { object["name"] = .string(name) }
    if !origins.isEmpty { object["origins"] = .array(origins.map { .string($0) }) }
    if !meta.members.isEmpty { object["meta"] = .object(meta) }
    if !delegates.isEmpty { object["delegates"] = .array(delegates.map { .string($0) }) }
    if !info.members.isEmpty { object["info"] = .object(info) }
    return .object(object)
  }
}

extension RemotePin {
  /// Reads a `PinStatus` of the Pinning Service API; throws what is wrong with it.
  init(_ json: JSON) throws(PinAnswerError) {
    guard let requestID = json["requestid"]?.string, Self.isID(requestID) else {
      throw PinAnswerError("a pin without a good \"requestid\"")
    }
    guard let state = json["status"]?.string.flatMap(PinState.init(rawValue:)) else {
      throw PinAnswerError("a pin without a known \"status\"")
    }
    guard let created = json["created"]?.string.flatMap({ PinTime($0) }) else {
      throw PinAnswerError("a pin whose \"created\" is no time")
    }
    guard let pin = json["pin"], let cid = pin["cid"]?.string.flatMap({ try? CID(parsing: $0) })
    else { throw PinAnswerError("a pin without a good \"cid\"") }
    self.init(requestID: requestID, state: state, created: created, cid: cid)
    // What is missing or null here is as good as empty.
    name = pin["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    origins = pin["origins"]?.elements?.compactMap(\.string) ?? []
    meta = pin["meta"]?.object ?? JSONObject()
    delegates = json["delegates"]?.elements?.compactMap(\.string) ?? []
    info = json["info"]?.object ?? JSONObject()
  }

  /// Whether a text may be a request's name: opaque, but not endless.
  public static func isID(_ text: String) -> Bool { (1...1024).contains(text.utf8.count) }
}

/// What is wrong with an answer that is JSON and yet no answer.
struct PinAnswerError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension CID {
  /// Whether two CIDs are of the same block, read in the same way: version 0 is version 1 in another coat.
  func isSameContent(as other: CID) -> Bool { v1 == other.v1 }
}
