/// The 2048 words of a language (BIP-39), each standing for eleven bits.
public struct WordList: Sendable {
  /// The words one behind the other, in the form NFKD.
  private let bytes: [UInt8]
  /// Where each word begins, and where the last one ends.
  private let offsets: [Int]

  /// The lists of BIP-39, in the order in which a sentence is tried with them.
  public static let all: [WordList] = [
    .english, .czech, .french, .italian, .japanese, .korean, .portuguese, .spanish,
    .simplifiedChinese, .traditionalChinese,
  ]

  init(_ text: String) {
    let plain = Array(text.utf8)
    let form = try? CompatibilityForm.apply(SecretBytes(copying: plain.span))
    guard let form else { preconditionFailure("the lists hold letters that the tables tell") }
    var bytes: [UInt8] = []
    var offsets = [0]
    form.withSpan { span in
      for index in span.indices {
        if span[index] > UInt8(ascii: " ") {
          bytes.append(span[index])
        } else if bytes.count > offsets[offsets.count - 1] {
          offsets.append(bytes.count)
        }
      }
    }
    if bytes.count > offsets[offsets.count - 1] { offsets.append(bytes.count) }
    precondition(offsets.count == 2049, "a list has 2048 words")
    self.bytes = bytes
    self.offsets = offsets
  }

  /// A word's place; nil where it is none of them.
  func index(of word: Span<UInt8>) -> Int? {
    let list = bytes.span
    for index in 0..<2048 {
      let start = offsets[index]
      guard offsets[index + 1] - start == word.count else { continue }
      var place = 0
      while place < word.count, list[start + place] == word[place] { place += 1 }
      if place == word.count { return index }
    }
    return nil
  }

  /// The bytes of a word.
  func word(_ index: Int) -> ArraySlice<UInt8> { bytes[offsets[index]..<offsets[index + 1]] }
}
