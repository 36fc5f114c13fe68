import ArgumentParser
import Ethereum

extension Address {
  /// The value of an option; what is wrong with it is said as the checksum's own fault or as the text's.
  static func option(_ text: String) throws -> Address {
    do { return try Address(parsing: text) } catch {
      throw ValidationError("'\(text)' is no address: \(error)")
    }
  }
}
