import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

/// Rows of Tests/Vectors/uint256.jsonl: what Python's integers answer.
@Suite struct WideIntegerVectorTests {
  @Test func everyRow() throws {
    var counts: [String: Int] = [:]
    for line in try Vectors.lines(of: Vectors.own.appending("uint256.jsonl")) {
      let row = try JSON(parsing: line)
      let type = try #require(row["type"]?.string)
      let operation = try #require(row["op"]?.string)
      switch (type, operation) {
      case ("UInt256", "pair"): try pair(of: row, { try UInt256(decimal: $0) }, .unsigned)
      case ("Int256", "pair"): try pair(of: row, { try Int256(decimal: $0) }, .signed)
      case ("UInt256", "text"): try unsignedText(row)
      case ("Int256", "text"): try signedText(row)
      case ("UInt256", "shift"): try shift(row, { try UInt256(decimal: $0) }, (<<), (>>))
      case ("Int256", "shift"): try shift(row, { try Int256(decimal: $0) }, (<<), (>>))
      case (_, "refuse"): try refuse(row)
      default: Issue.record("no test for \(operation) of \(type)")
      }
      counts["\(type) \(operation)", default: 0] += 1
    }
    #expect(
      counts == [
        "UInt256 pair": 363, "Int256 pair": 296, "UInt256 text": 140, "Int256 text": 172,
        "UInt256 shift": 100, "Int256 shift": 100, "UInt256 refuse": 27, "Int256 refuse": 9,
      ])
  }

  fileprivate struct Operations<T> {
    var add, subtract, multiply: (T, T) -> (T, Bool)
    var divide: (T, T) -> (T, T)
  }

  private func pair<T: Comparable>(
    of row: JSON, _ parse: (String) throws -> T, _ run: Operations<T>
  ) throws {
    func value(_ json: JSON?) throws -> T { try parse(try #require(json?.string)) }
    let a = try value(row["a"])
    let b = try value(row["b"])
    #expect((a < b) == row["less"]?.boolean)
    for (name, operation) in [("add", run.add), ("sub", run.subtract), ("mul", run.multiply)] {
      let expected = try #require(row[name]?.elements)
      let (partial, overflow) = operation(a, b)
      #expect(try partial == value(expected[0]), "\(a) \(name) \(b)")
      #expect(overflow == expected[1].boolean, "\(a) \(name) \(b)")
    }
    if let expected = row["div"]?.elements {
      let (quotient, remainder) = run.divide(a, b)
      #expect(try quotient == value(expected[0]), "\(a) / \(b)")
      #expect(try remainder == value(expected[1]), "\(a) % \(b)")
    }
    guard let x = a as? UInt256, let y = b as? UInt256 else { return }
    #expect(x.multipliedFullWidth(by: y).high.description == row["high"]?.string)
    #expect((x & y).description == row["and"]?.string)
    #expect((x | y).description == row["or"]?.string)
    #expect((x ^ y).description == row["xor"]?.string)
  }

  private func unsignedText(_ row: JSON) throws {
    let decimal = try #require(row["decimal"]?.string)
    let hex = try #require(row["hex"]?.string)
    let value = try UInt256(decimal: decimal)
    #expect(value.description == decimal)
    #expect(value.hex == hex)
    #expect(try UInt256(hex: hex) == value)
    #expect(try UInt256(quantity: hex) == value)
    #expect(try UInt256(hex: "0x" + hex.dropFirst(2).uppercased()) == value)
    #expect(digits(value.bytes) == row["bytes"]?.string)
    #expect(try UInt256(bytes: value.bytes) == value)
    #expect(try UInt256(minimalBytes: value.minimalBytes) == value)
    #expect(value.minimalBytes.first != 0)
    #expect(256 - value.leadingZeroBitCount == row["bits"]?.integer)
    #expect(value.nonzeroBitCount == row["ones"]?.integer)
  }

  private func signedText(_ row: JSON) throws {
    let decimal = try #require(row["decimal"]?.string)
    let value = try Int256(decimal: decimal)
    #expect(value.description == decimal)
    #expect(digits(value.bytes) == row["bytes"]?.string)
    #expect(try Int256(bytes: value.bytes) == value)
  }

  private func shift<T>(
    _ row: JSON, _ parse: (String) throws -> T, _ left: (T, Int) -> T, _ right: (T, Int) -> T
  ) throws {
    let a = try parse(try #require(row["a"]?.string))
    let count = try #require(row["n"]?.integer)
    #expect("\(left(a, count))" == row["left"]?.string, "\(a) << \(count)")
    #expect("\(right(a, count))" == row["right"]?.string, "\(a) >> \(count)")
    #expect("\(right(a, -count))" == row["left"]?.string)
    #expect("\(left(a, -count))" == row["right"]?.string)
  }

  private func refuse(_ row: JSON) throws {
    let text = try #require(row["text"]?.string)
    let form = "\(try #require(row["type"]?.string)) \(try #require(row["form"]?.string))"
    let error = #expect(throws: WideIntegerError.self) {
      switch form {
      case "UInt256 decimal": _ = try UInt256(decimal: text)
      case "UInt256 hex": _ = try UInt256(hex: text)
      case "UInt256 quantity": _ = try UInt256(quantity: text)
      case "Int256 decimal": _ = try Int256(decimal: text)
      default: Issue.record("no test for \(form)")
      }
    }
    let reason = error.map { word($0) }
    #expect(reason == row["reason"]?.string, "\(form) of \(text)")
  }

  private func word(_ error: WideIntegerError) -> String {
    switch error {
    case .empty: "empty"
    case .badDigit: "badDigit"
    case .notCanonical: "notCanonical"
    case .noPrefix: "noPrefix"
    case .outOfRange: "outOfRange"
    case .badLength: "badLength"
    }
  }

  private func digits(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension WideIntegerVectorTests.Operations<UInt256> {
  fileprivate static var unsigned: Self {
    Self(
      add: { $0.addingReportingOverflow($1) }, subtract: { $0.subtractingReportingOverflow($1) },
      multiply: { $0.multipliedReportingOverflow(by: $1) },
      divide: { $0.quotientAndRemainder(dividingBy: $1) })
  }
}

extension WideIntegerVectorTests.Operations<Int256> {
  fileprivate static var signed: Self {
    Self(
      add: { $0.addingReportingOverflow($1) }, subtract: { $0.subtractingReportingOverflow($1) },
      multiply: { $0.multipliedReportingOverflow(by: $1) },
      divide: { $0.quotientAndRemainder(dividingBy: $1) })
  }
}
