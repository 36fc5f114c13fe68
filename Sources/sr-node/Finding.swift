import Records

/// One thing that was looked at.
struct Finding {
  enum Status: String {
    /// It is as it should be.
    case ok
    /// It is not, and jobs cannot run.
    case failed
    /// It is not there, and jobs can run without it.
    case absent
  }

  var name: String
  var status: Status
  var detail: String
  var hint: String?

  var json: JSONObject {
    var object: JSONObject = [
      "name": .string(name), "status": .string(status.rawValue), "detail": .string(detail),
    ]
    object["hint"] = hint.map { .string($0) }
    return object
  }
}
