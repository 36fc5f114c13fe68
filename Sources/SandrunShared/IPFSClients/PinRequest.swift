public import IPFS
public import Records

/// What a service is asked to keep.
public struct PinRequest: Sendable {
  /// The root of what is to be kept.
  public var cid: CID
  /// What the user calls it; at most 255 characters.
  public var name: String?
  /// Addresses of peers that have it; at most 20.
  public var origins: [String]
  /// What the user keeps with it, each value a string.
  public var meta: JSONObject

  /// A request for a CID.
  public init(
    _ cid: CID, name: String? = nil, origins: [String] = [], meta: JSONObject = JSONObject()
  ) {
    self.cid = cid
    self.name = name
    self.origins = origins
    self.meta = meta
  }

  /// A `Pin` of the Pinning Service API.
  var json: JSON {
    var object: JSONObject = ["cid": .string("\(cid)")]
    if let name { object["name"] = .string(name) }
    if !origins.isEmpty { object["origins"] = .array(origins.map { .string($0) }) }
    if !meta.members.isEmpty { object["meta"] = .object(meta) }
    return .object(object)
  }
}

/// Which requests are asked for; all of what is given must hold.
public struct PinFilter: Sendable {
  /// How a name is compared.
  public enum Match: String, Sendable, CaseIterable {
    case exact, iexact, partial, ipartial
  }

  /// Only requests for one of these CIDs, at most 10; all where there are none.
  public var cids: [CID] = []
  /// Only requests that stand so; all where there are none.
  public var states: Set<PinState> = []
  /// Only requests of this name.
  public var name: String?
  /// How the name is compared.
  public var match = Match.exact
  /// Only requests that hold all of these.
  public var meta = JSONObject()

  /// The most CIDs that a service is asked for at once, each in both of its versions: the API takes ten.
  static let maximumCIDs = 5

  /// All requests.
  public init() {}

  /// All requests for a CID.
  public init(_ cid: CID) { cids = [cid] }

  /// The CIDs as a service may have them: in the version asked for, and in the other where there is one.
  var forms: [CID] {
    cids.flatMap { cid in cid.version == .v0 ? [cid, cid.v1] : [cid] + (cid.v0.map { [$0] } ?? []) }
  }

  /// The most requests that one list is believed to hold; those for a CID are held in memory.
  var mostRequests: Int { cids.isEmpty ? 1 << 24 : 10_000 }

  /// Whether a request is one for the CIDs asked for: what a service may not get wrong.
  func isAbout(_ pin: RemotePin) -> Bool {
    cids.isEmpty || cids.contains { $0.isSameContent(as: pin.cid) }
  }

  /// Whether the rest holds, which a service may not know how to filter by.
  func takes(_ pin: RemotePin) -> Bool {
    (states.isEmpty || states.contains(pin.state)) && (name.map { matches(pin.name, $0) } ?? true)
      && meta.members.allSatisfy { pin.meta[$0.name] == $0.value }
  }

  private func matches(_ found: String?, _ name: String) -> Bool {
    guard let found else { return false }
    return switch match {
    case .exact: found.utf8.elementsEqual(name.utf8)
    case .iexact: found.lowercased() == name.lowercased()
    case .partial: found.contains(name)
    case .ipartial: found.lowercased().contains(name.lowercased())
    }
  }
}
