internal import ABI
internal import Commands
internal import Records

extension EventQuery {
  /// The patterns of one word, with what the query asks of indexed parameters.
  ///
  /// Of all that a contract tells, those events are meant that have the parameters; an event that was named must have them.
  func narrowed(_ patterns: [EventPattern]) throws(Failure) -> [EventPattern] {
    var names: [String] = []
    for condition in conditions where !names.contains(condition.name) {
      names.append(condition.name)
    }
    guard let first = names.first else { return patterns }
    var narrow = patterns
    if patterns.contains(where: { $0.event == nil }) {
      narrow = patterns.filter { pattern in
        let indexed = pattern.event?.inputs.filter(\.isIndexed).map(\.name) ?? []
        return names.allSatisfy(indexed.contains)
      }
      guard !narrow.isEmpty else {
        let all =
          names.count == 1 ? "'\(first)'" : names.map { "'\($0)'" }.joined(separator: " and ")
        throw Failure(
          .data, "--where \(first): no event that is known of the contract has \(all) indexed",
          hint: "events are known by --abi, by the registry, and by their signatures")
      }
    }
    for index in narrow.indices {
      for name in names {
        let values = conditions.filter { $0.name == name }.map(\.value)
        do throws(ABIError) { try narrow[index].require(name, in: values) } catch {
          throw Failure(.data, "--where \(name): \(error)")
        }
      }
    }
    return narrow
  }
}
