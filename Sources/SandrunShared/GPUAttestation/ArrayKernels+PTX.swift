internal import Computing

/// The same kernels in PTX, for every GPU of NVIDIA's from compute capability 7.0 on; rounds are written out by Swift.
extension ArrayKernels {
  static let ptx = KernelProgram.PTX(
    target: 70,
    text: """
      .version 6.4
      .target sm_70
      .address_size 64

      \(extendPTX)
      \(digestPTX)
      \(pickPTX)
      """)

  /// A kernel: pointers among its parameters lie in `%p0`, … and numbers in `%n0`, …, by their place; it is over where this work item's
  /// place, `%item`, is not below the number at `limit`.
  private static func entry(
    _ name: String, _ pointers: Set<Int>, of count: Int, limit: Int, _ body: String
  ) -> String {
    let parameters = (0..<count).map { ".param .\(pointers.contains($0) ? "u64" : "u32") a\($0)" }
    let loads = (0..<count).map { place in
      pointers.contains(place)
        ? "ld.param.u64 %p\(place), [a\(place)]; cvta.to.global.u64 %p\(place), %p\(place);"
        : "ld.param.u32 %n\(place), [a\(place)];"
    }
    return """
      .visible .entry \(name)(\(parameters.joined(separator: ", ")))
      {
        .reg .u64 %p<\(count)>, %at, %end;
        .reg .u32 %n<\(count)>, %item, %group, %length, %t<4>;
        .reg .pred %over, %is;
        \(loads.joined(separator: "\n  "))
        mov.u32 %item, %tid.x;
        mov.u32 %group, %ctaid.x;
        mov.u32 %length, %ntid.x;
        mad.lo.u32 %item, %group, %length, %item;
        setp.ge.u32 %over, %item, %n\(limit);
        @%over bra OVER;
      \(body)
      OVER:
        ret;
      }
      """
  }

  /// Loads sixteen words from `%at` on, four at a time.
  private static func load(_ name: String) -> String {
    (0..<4).map { row in
      "  ld.global.v4.u32 {\(four(name, row))}, [%at+\(16 * row)];"
    }.joined(separator: "\n")
  }

  private static func store(_ name: String) -> String {
    (0..<4).map { row in "  st.global.v4.u32 [%at+\(16 * row)], {\(four(name, row))};" }
      .joined(separator: "\n")
  }

  private static func four(_ name: String, _ row: Int) -> String {
    (0..<4).map { "%\(name)\(4 * row + $0)" }.joined(separator: ", ")
  }

  private static func each(_ line: (Int) -> String) -> String {
    (0..<16).map { "  " + line($0) }.joined(separator: "\n")
  }

  // MARK: Filling

  private static func quarterRound(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> String {
    func half(_ to: Int, _ from: Int, _ turned: Int, _ bits: Int) -> String {
      """
        add.u32 %s\(to), %s\(to), %s\(from);
        xor.b32 %s\(turned), %s\(turned), %s\(to);
        shf.l.wrap.b32 %s\(turned), %s\(turned), %s\(turned), \(bits);
      """
    }
    return [half(a, b, d, 16), half(c, d, b, 12), half(a, b, d, 8), half(c, d, b, 7)]
      .joined(separator: "\n")
  }

  private static let doubleRound =
    ((0..<4).map { quarterRound($0, $0 + 4, $0 + 8, $0 + 12) }
    + (0..<4).map {
      quarterRound($0, ($0 + 1) % 4 + 4, ($0 + 2) % 4 + 8, ($0 + 3) % 4 + 12)
    }).joined(separator: "\n")

  /// Loads into `%y` the parent that a word of the cell before chooses: `cells` is the first parameter, `%first`, `%slice` and `%span` are
  /// in cells.
  private static func parent(_ word: Int) -> String {
    """
      mul.hi.u32 %t0, %x\(word), %span;
      add.u32 %t1, %t0, %slice;
      setp.ge.u32 %is, %t0, %first;
      selp.u32 %t0, %t1, %t0, %is;
      mad.wide.u32 %at, %t0, 64, %p0;
    """
  }

  private static let extendPTX = entry(
    "extend", [0, 1], of: 7, limit: 2,
    """
      .reg .u32 %x<16>, %y<16>, %z<16>, %s<16>, %k<8>, %first, %slice, %span, %all, %here, %row;
      .reg .pred %second, %hasParents;
      ld.global.v4.u32 {%k0, %k1, %k2, %k3}, [%p1];
      ld.global.v4.u32 {%k4, %k5, %k6, %k7}, [%p1+16];
      mul.lo.u32 %slice, %n4, %n2;
      mul.lo.u32 %first, %slice, %n5;
      mul.lo.u32 %all, %n2, %n3;
      setp.eq.u32 %second, %n6, 2;
      sub.u32 %span, %all, %slice;
      selp.u32 %span, %span, %first, %second;
      setp.ne.u32 %hasParents, %span, 0;
    \(each { "mov.u32 %x\($0), 0;" })
      setp.ne.u32 %is, %first, 0;
      selp.u32 %t0, %first, %all, %is;
      or.pred %is, %is, %second;
      @!%is bra START;
      sub.u32 %t0, %t0, %n2;
      add.u32 %t0, %t0, %item;
      mad.wide.u32 %at, %t0, 64, %p0;
    \(load("x"))
    START:
      add.u32 %here, %first, %item;
      mov.u32 %row, 0;
    NEXT:
      @!%hasParents bra ALONE;
    \(parent(0))
    \(load("y"))
    \(parent(1))
    \(load("z"))
    \(each { "xor.b32 %x\($0), %x\($0), %y\($0); add.u32 %x\($0), %x\($0), %z\($0);" })
    ALONE:
      mad.wide.u32 %at, %here, 64, %p0;
      @!%second bra FRESH;
    \(load("y"))
    \(each { "xor.b32 %x\($0), %x\($0), %y\($0);" })
    FRESH:
    \((0..<8).map { "  xor.b32 %x\($0), %x\($0), %k\($0);" }.joined(separator: "\n"))
      xor.b32 %x8, %x8, %here;
      xor.b32 %x9, %x9, %n6;
    \(each { "mov.u32 %s\($0), %x\($0);" })
    \((0..<10).map { _ in doubleRound }.joined(separator: "\n"))
    \(each { "add.u32 %x\($0), %x\($0), %s\($0);" })
    \(store("x"))
      add.u32 %here, %here, %n2;
      add.u32 %row, %row, 1;
      setp.lt.u32 %is, %row, %n4;
      @%is bra NEXT;
    """)

  // MARK: Hashing

  /// Turns to the right by three counts, or shifts by the last, and joins what comes out in `to`.
  private static func sigma(
    _ to: String, _ from: String, _ one: Int, _ other: Int, _ last: Int, shifts: Bool = false
  ) -> String {
    """
      shf.r.wrap.b32 %t0, \(from), \(from), \(one);
      shf.r.wrap.b32 %t1, \(from), \(from), \(other);
      \(shifts ? "shr.u32 %t2, \(from), \(last);" : "shf.r.wrap.b32 %t2, \(from), \(from), \(last);")
      lop3.b32 \(to), %t0, %t1, %t2, 0x96;
    """
  }

  /// One of the 64 rounds; the names of the eight words move on by one each time, so that none is copied.
  private static func round(_ number: Int) -> String {
    func name(_ place: Int) -> String { "%s\((place + 64 - number) % 8)" }
    let (a, b, c, d) = (name(0), name(1), name(2), name(3))
    let (e, f, g, h) = (name(4), name(5), name(6), name(7))
    let word = "%w\(number % 16)"
    let schedule =
      number < 16
      ? ""
      : """
      \(sigma("%u", "%w\((number + 1) % 16)", 7, 18, 3, shifts: true))
        add.u32 \(word), \(word), %u;
        add.u32 \(word), \(word), %w\((number + 9) % 16);
      \(sigma("%u", "%w\((number + 14) % 16)", 17, 19, 10, shifts: true))
        add.u32 \(word), \(word), %u;

      """
    return schedule + """
      \(sigma("%u", e, 6, 11, 25))
        add.u32 \(h), \(h), %u;
        lop3.b32 %u, \(e), \(f), \(g), 0xca;
        add.u32 \(h), \(h), %u;
        add.u32 %u, \(word), 0x\(String(SHA256Constants.words[number], radix: 16));
        add.u32 \(h), \(h), %u;
        add.u32 \(d), \(d), \(h);
      \(sigma("%u", a, 2, 13, 22))
        add.u32 \(h), \(h), %u;
        lop3.b32 %u, \(a), \(b), \(c), 0xe8;
        add.u32 \(h), \(h), %u;
      """
  }

  /// A block of the message in `%w`, upon the state in `%v`.
  private static let compression =
    (0..<8).map { "  mov.u32 %s\($0), %v\($0);" }.joined(separator: "\n") + "\n"
    + (0..<64).map(round).joined(separator: "\n") + "\n"
    + (0..<8).map { "  add.u32 %v\($0), %v\($0), %s\($0);" }.joined(separator: "\n")

  private static let digestPTX = entry(
    "digest", [0, 2], of: 6, limit: 4,
    """
      .reg .u32 %w<16>, %v<8>, %s<8>, %u, %last;
      add.u32 %t0, %n3, %item;
      mad.wide.u32 %at, %t0, 64, %p2;
      mad.wide.u32 %end, %n1, 32, %p0;
      mad.wide.u32 %end, %item, 32, %end;
    \(load("w"))
    \((0..<8).map { "  mov.u32 %v\($0), 0x\(String(SHA256Constants.initial[$0], radix: 16));" }
      .joined(separator: "\n"))
      // The bytes are one further on than the words, behind the first: 0 of a leaf, 1 of two digests.
    \(each { "prmt.b32 %w\($0), %w\($0), 0, 0x0123;" })
      mov.u32 %last, %w15;
    \((1..<16).reversed().map { "  shf.r.wrap.b32 %w\($0), %w\($0), %w\($0 - 1), 8;" }
      .joined(separator: "\n"))
      shf.r.wrap.b32 %w0, %w0, %n5, 8;
    \(compression)
      shl.b32 %w0, %last, 24;
      or.b32 %w0, %w0, 0x800000;
    \((1..<15).map { "  mov.u32 %w\($0), 0;" }.joined(separator: "\n"))
      mov.u32 %w15, 520;
    \(compression)
    \((0..<8).map { "  prmt.b32 %v\($0), %v\($0), 0, 0x0123;" }.joined(separator: "\n"))
      st.global.v4.u32 [%end], {\(four("v", 0))};
      st.global.v4.u32 [%end+16], {\(four("v", 1))};
    """)

  // MARK: Reading

  private static let pickPTX = entry(
    "pick", [0, 1], of: 4, limit: 3,
    """
      .reg .u32 %x<16>;
      add.u32 %t0, %n2, %item;
      mad.wide.u32 %at, %t0, 64, %p1;
    \(load("x"))
      mad.wide.u32 %at, %item, 64, %p0;
    \(store("x"))
    """)
}
