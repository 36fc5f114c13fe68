import Files
public import SystemPackage

/// Credentials, read anew for every request; never printed.
public struct HTTPAuthorization: Sendable {
  /// Reads the value of the `Authorization` field.
  let value: @Sendable () async throws -> String

  /// A bearer token that a closure brings.
  public static func bearer(_ token: @escaping @Sendable () async throws -> String) -> Self {
    Self { "Bearer \(try checked(await token()))" }
  }

  /// A bearer token: the first line of a file.
  public static func bearer(file: FilePath) -> Self {
    bearer {
      let text = String(decoding: try Files.read(file, limit: 64 << 10), as: UTF8.self)
      return String(text.prefix { !$0.isNewline })
    }
  }

  /// Why a token is none; says nothing of what it holds.
  struct BadToken: Error, CustomStringConvertible {
    let description: String
  }

  /// RFC 6750: visible ASCII alone, so that a token can neither end the field nor start another.
  private static func checked(_ token: String) throws -> String {
    guard !token.isEmpty else { throw BadToken(description: "the token is empty") }
    guard token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw BadToken(description: "the token holds something other than visible ASCII characters")
    }
    return token
  }
}
