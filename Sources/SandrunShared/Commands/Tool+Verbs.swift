internal import ArgumentParser

extension Tool {
  /// What to say of words that name no verb, and the verb that may have been meant; nil where they name one.
  static func unknownVerb(_ words: [String]) -> (message: String, meant: String?)? {
    var command: any ParsableCommand.Type = Self.self
    var path: [String] = []
    for word in words {
      let verbs = command.configuration.subcommands
      guard !verbs.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
      guard let verb = verbs.first(where: { $0._commandName == word }) else {
        let near = verbs.filter { $0.configuration.shouldDisplay }
          .map { (name: $0._commandName, distance: distance($0._commandName, word)) }
          .filter { $0.distance <= 2 && $0.distance < $0.name.count }
          .min { $0.distance < $1.distance }
        let place = path.isEmpty ? "" : " of '\(path.joined(separator: " "))'"
        return (
          "no verb '\(word)'\(place)",
          near.map { ([_commandName] + path + [$0.name]).joined(separator: " ") }
        )
      }
      command = verb
      path.append(word)
    }
    return nil
  }

  /// How many bytes are put in, left out or changed between two short words.
  private static func distance(_ left: String, _ right: String) -> Int {
    // A word of a hostile length is like no verb, and is not compared.
    guard right.utf8.count <= 64 else { return .max }
    var row = Array(0...right.utf8.count)
    for (index, byte) in left.utf8.enumerated() {
      var corner = row[0]
      row[0] = index + 1
      for (column, other) in right.utf8.enumerated() {
        let changed = corner + (byte == other ? 0 : 1)
        corner = row[column + 1]
        row[column + 1] = min(changed, corner + 1, row[column] + 1)
      }
    }
    return row[right.utf8.count]
  }
}
