internal import Hashing

/// A sentence of words that a wallet's keys are made of (BIP-39): move-only, wiped, never shown by accident.
public struct Mnemonic: ~Copyable, Sendable {
  /// The longest sentence taken, in bytes.
  public static let lengthLimit = 4096
  /// How many words a sentence may have.
  public static let counts = [12, 15, 18, 21, 24]

  /// The words in the form NFKD, one space between two.
  private let sentence: SecretBytes
  /// The random bytes that they stand for.
  private let entropy: SecretBytes

  /// Makes a sentence of random words; 12 have 128 bits, 24 have 256.
  public static func random(words: Int = 12) throws(MnemonicError) -> Mnemonic {
    guard counts.contains(words) else { throw .badCount(words) }
    return try Mnemonic(entropy: .random(count: words * 4 / 3), in: .english)
  }

  /// Makes the sentence that stands for 16, 20, 24, 28 or 32 bytes.
  public init(entropy: consuming SecretBytes, in list: WordList) throws(MnemonicError) {
    let count = entropy.count * 3 / 4
    guard entropy.count.isMultiple(of: 4), Self.counts.contains(count) else {
      throw .badCount(count)
    }
    let bits = Self.withChecksum(entropy)
    var words: [ArraySlice<UInt8>] = []
    words.reserveCapacity(count)
    for place in 0..<count { words.append(list.word(Self.index(in: bits, place))) }
    let length = words.reduce(count - 1) { $0 + $1.count }
    self.sentence = unsafe SecretBytes(count: length) { base in
      var at = 0
      for word in words {
        if at > 0 {
          unsafe base[at] = UInt8(ascii: " ")
          at += 1
        }
        for byte in word {
          unsafe base[at] = byte
          at += 1
        }
      }
    }
    self.entropy = entropy
  }

  /// Reads a sentence: words of one list, any white space between them, a checksum that is right.
  public init(parsing text: borrowing SecretBytes) throws(MnemonicError) {
    guard text.count <= Self.lengthLimit else { throw .tooLong }
    let form: SecretBytes
    do throws(CompatibilityForm.Failure) { form = try CompatibilityForm.apply(text) } catch {
      throw .badText
    }
    let ranges = form.withSpan { Self.words(in: $0) }
    guard Self.counts.contains(ranges.count) else { throw .badCount(ranges.count) }
    self.entropy = try Self.entropy(form, ranges)
    self.sentence = Self.joined(form, ranges)
  }

  /// The words, a space between two, in the form NFKD.
  public borrowing func withSentence<R: ~Copyable, E>(
    _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R { try sentence.withSpan(body) }

  /// The random bytes that the words stand for.
  public borrowing func withEntropy<R: ~Copyable, E>(
    _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R { try entropy.withSpan(body) }

  /// The 64 bytes that a wallet's keys are derived from; another passphrase gives another wallet, and none is wrong.
  public borrowing func seed(
    passphrase: borrowing Passphrase
  ) throws(MnemonicError) -> SecretBytes {
    let form: SecretBytes
    do throws(CompatibilityForm.Failure) {
      form = try CompatibilityForm.apply(passphrase.secret)
    } catch {
      throw .badPassphrase
    }
    return HMACSHA512.stretch(sentence, salt: "mnemonic", form)
  }

  // MARK: Words and bits

  private static func words(in text: Span<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for index in text.indices {
      // The ideographic space has become a plain one.
      let isSpace = text[index] == 0x20 || (0x09...0x0d).contains(text[index])
      if let first = start, isSpace {
        ranges.append(first..<index)
        start = nil
      } else if start == nil, !isSpace {
        start = index
      }
    }
    if let start { ranges.append(start..<text.count) }
    return ranges
  }

  private static func joined(
    _ text: borrowing SecretBytes, _ ranges: [Range<Int>]
  ) -> SecretBytes {
    let length = ranges.reduce(ranges.count - 1) { $0 + $1.count }
    return text.withSpan { text in
      unsafe SecretBytes(count: length) { base in
        var at = 0
        for range in ranges {
          if at > 0 {
            unsafe base[at] = UInt8(ascii: " ")
            at += 1
          }
          for index in range {
            unsafe base[at] = text[index]
            at += 1
          }
        }
      }
    }
  }

  /// The bytes that the words of one list stand for; a word may be in several lists.
  private static func entropy(
    _ text: borrowing SecretBytes, _ ranges: [Range<Int>]
  ) throws(MnemonicError) -> SecretBytes {
    var reason = MnemonicError.badWord(1)
    for list in WordList.all {
      let bits: SecretBytes
      do throws(MnemonicError) { bits = try Self.bits(text, ranges, list) } catch {
        if case .badWord(let place) = error, case .badWord(let best) = reason, place > best {
          reason = error
        }
        continue
      }
      let entropy = bits.prefix(ranges.count * 4 / 3)
      let right = withChecksum(entropy)
      // The first of the bits behind the entropy are the checksum's.
      let mask = UInt8(truncatingIfNeeded: 0xff00 >> (ranges.count / 3))
      let isRight = bits.withSpan { found in
        right.withSpan { ($0[$0.count - 1] ^ found[found.count - 1]) & mask == 0 }
      }
      if isRight { return entropy }
      reason = .badChecksum
    }
    throw reason
  }

  private static func bits(
    _ text: borrowing SecretBytes, _ ranges: [Range<Int>], _ list: WordList
  ) throws(MnemonicError) -> SecretBytes {
    try text.withSpan { text throws(MnemonicError) in
      try unsafe SecretBytes(count: ranges.count * 4 / 3 + 1) { base throws(MnemonicError) in
        for (place, range) in ranges.enumerated() {
          guard let index = list.index(of: text.extracting(range)) else {
            throw .badWord(place + 1)
          }
          for bit in 0..<11 where index >> (10 - bit) & 1 == 1 {
            let at = place * 11 + bit
            unsafe base[at / 8] |= 0x80 >> UInt8(at % 8)
          }
        }
      }
    }
  }

  /// The bytes, and one more: the first byte of their SHA-256, whose first bits are the checksum.
  private static func withChecksum(_ entropy: borrowing SecretBytes) -> SecretBytes {
    let count = entropy.count
    return entropy.withSpan { entropy in
      unsafe SecretBytes(count: count + 1) { base in
        for index in 0..<count { unsafe base[index] = entropy[index] }
        unsafe base[count] = SHA256.hash(entropy).bytes[0]
      }
    }
  }

  /// Eleven bits.
  private static func index(in bits: borrowing SecretBytes, _ place: Int) -> Int {
    bits.withSpan { bits in
      (0..<11).reduce(0) { index, bit in
        let at = place * 11 + bit
        return index << 1 | Int(bits[at / 8] >> UInt8(7 - at % 8) & 1)
      }
    }
  }
}

/// Why a text is no mnemonic; none of the cases repeats a word of it.
public enum MnemonicError: Error, Equatable, Sendable, CustomStringConvertible {
  /// So many words where 12, 15, 18, 21 or 24 are wanted.
  case badCount(Int)
  /// The word at this place, counted from 1, is in no list together with those before it.
  case badWord(Int)
  /// The words are in a list, and do not belong together: one is wrong, or two are exchanged.
  case badChecksum
  /// The text is too long for any mnemonic.
  case tooLong
  /// The text is not UTF-8, or has letters that no list has.
  case badText
  /// The passphrase is not UTF-8, or has letters whose form is not known here.
  case badPassphrase

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .badCount(let count): "\(count) words, not 12, 15, 18, 21 or 24"
    case .badWord(let place): "word \(place) is in no list of BIP-39 together with those before it"
    case .badChecksum: "the checksum is wrong: a word is another one, or out of its place"
    case .tooLong: "longer than \(Mnemonic.lengthLimit) bytes"
    case .badText: "not UTF-8, or letters that are in no list of BIP-39"
    case .badPassphrase: "the passphrase has letters that cannot be normalised here"
    }
  }
}
