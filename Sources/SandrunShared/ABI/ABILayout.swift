/// A type with what coding needs to know of it, worked out once.
struct ABILayout: Sendable {
  enum Kind {
    case word
    case bytes
    case string
    case array
    case fixedArray(Int)
    case tuple
  }

  /// Sizes beyond which it does not matter: no data are so long.
  private static let sizeLimit = Int.max >> 8

  let type: ABIType
  let kind: Kind
  /// The element's layout, or the components'.
  let parts: [ABILayout]
  /// Whether the head holds but an offset to the value.
  let isDynamic: Bool
  /// The bytes that a value takes in a head.
  let headSize: Int

  init(_ type: ABIType) {
    self.type = type
    switch type {
    case .bytes:
      (kind, parts, isDynamic, headSize) = (.bytes, [], true, 32)
    case .string:
      (kind, parts, isDynamic, headSize) = (.string, [], true, 32)
    case .array(let element):
      (kind, parts, isDynamic, headSize) = (.array, [ABILayout(element)], true, 32)
    case .fixedArray(let element, let count):
      let part = ABILayout(element)
      (kind, parts, isDynamic) = (.fixedArray(count), [part], part.isDynamic)
      headSize = part.isDynamic ? 32 : Self.size(part.headSize, times: count)
    case .tuple(let components):
      parts = components.map { ABILayout($0.type) }
      kind = .tuple
      isDynamic = parts.contains(where: \.isDynamic)
      headSize = isDynamic ? 32 : Self.headSize(of: parts)
    case .uint, .int, .address, .bool, .fixedBytes, .function:
      (kind, parts, isDynamic, headSize) = (.word, [], false, 32)
    }
  }

  /// The bytes of the heads of a list.
  static func headSize(of parts: [ABILayout]) -> Int {
    parts.reduce(0) { min(sizeLimit, $0 + $1.headSize) }
  }

  /// The bytes of so many heads.
  static func size(_ size: Int, times count: Int) -> Int {
    let (product, overflow) = size.multipliedReportingOverflow(by: count)
    return overflow ? sizeLimit : min(sizeLimit, product)
  }
}
