public import Records
internal import SystemPackage

/// Exchanges with a real geth, of the shared vectors: requests and answers of one method.
public enum RPCRows {
  /// One exchange: what was asked with, and the whole answer.
  public struct Row {
    /// The parameters.
    public var params: [JSON]
    /// The answer, `result` or `error` in it.
    public var answer: JSON
  }

  /// The rows of a method, those inside batches included; nil where there are no shared vectors.
  public static func of(_ method: String) throws -> [Row]? {
    guard let folder = Vectors.shared?.appending("eth/rpc") else { return nil }
    var rows: [Row] = []
    for line in try Vectors.lines(of: folder.appending("geth-rpc.jsonl")) {
      // Some rows are about JSON that nobody should read.
      guard let row = try? JSON(parsing: line) else { continue }
      let requests = row["request"]?.elements ?? [row["request"] ?? .null]
      let answers = row["response"]?.elements ?? [row["response"] ?? .null]
      for request in requests where request["method"]?.string == method {
        guard let answer = answers.first(where: { $0["id"] == request["id"] }) else { continue }
        rows.append(Row(params: request["params"]?.elements ?? [], answer: answer))
      }
    }
    return rows
  }
}
