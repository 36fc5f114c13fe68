internal import Computing

/// Pieces that the kernels in PTX are made of.
///
/// Each kernel takes the parameters that the same kernel takes in OpenCL C, in the same order.
enum PTXText {
  /// What a parameter holds.
  enum Parameter { case pointer, number, float }

  /// A module for every GPU from a compute capability on; `version` is the least of PTX that has all that is used.
  static func module(_ target: Int, version: String, _ entries: [String]) -> KernelProgram.PTX {
    KernelProgram.PTX(
      target: target,
      text: """
        .version \(version)
        .target sm_\(target)
        .address_size 64

        \(entries.joined(separator: "\n"))
        """)
  }

  /// A kernel: its parameters lie in `%a0`, `%a1`, … (pointers, global), `%n0`, … (numbers) and `%f0`, … (floats), by their place.
  static func entry(
    _ name: String, _ parameters: [Parameter], directive: String = "", _ body: String
  ) -> String {
    var (declared, loaded): ([String], [String]) = ([], [])
    for (place, parameter) in parameters.enumerated() {
      switch parameter {
      case .pointer:
        declared.append(".param .u64 p\(place)")
        loaded.append("ld.param.u64 %a\(place), [p\(place)];")
        loaded.append("cvta.to.global.u64 %a\(place), %a\(place);")
      case .number:
        declared.append(".param .u32 p\(place)")
        loaded.append("ld.param.u32 %n\(place), [p\(place)];")
      case .float:
        declared.append(".param .f32 p\(place)")
        loaded.append("ld.param.f32 %f\(place), [p\(place)];")
      }
    }
    return """
      .visible .entry \(name)(\(declared.joined(separator: ", "))) \(directive)
      {
        .reg .u64 %a<4>;
        .reg .u32 %n<4>;
        .reg .f32 %f<4>;
        .reg .u32 %item, %group, %length, %count;
        \(loaded.joined(separator: "\n  "))
        // The place of this work item among all, and how many there are.
        mov.u32 %item, %tid.x;
        mov.u32 %group, %ctaid.x;
        mov.u32 %length, %ntid.x;
        mad.lo.u32 %item, %group, %length, %item;
        mov.u32 %count, %nctaid.x;
        mul.lo.u32 %count, %count, %length;
      \(body)
        ret;
      }
      """
  }

  /// How many vectors a work item has under way at once.
  private static let unrolled = 4

  /// Goes through the 16-byte vectors 0 to `%n(limit)` in strides of the whole grid: `load` and `use` are given the number of a vector
  /// under way, the place of which in bytes lies in `%o` with that number.
  static func vectors(
    limit: Int, load: (Int) -> String = { _ in "" }, use: (Int) -> String
  ) -> String {
    let all = 0..<unrolled
    return """
        .reg .pred %over;
        .reg .u32 %last;
        .reg .u64 %o<\(unrolled)>;
        .reg .u64 %at<\(2 * unrolled)>;
      MANY:
        mad.lo.u32 %last, %count, \(unrolled - 1), %item;
        setp.ge.u32 %over, %last, %n\(limit);
        @%over bra FEW;
        \(all.map { "mad.lo.u32 %last, %count, \($0), %item; mul.wide.u32 %o\($0), %last, 16;" }.joined(separator: "\n  "))
        \(all.map(load).joined(separator: "\n  "))
        \(all.map(use).joined(separator: "\n  "))
        mad.lo.u32 %item, %count, \(unrolled), %item;
        bra MANY;
      FEW:
        setp.ge.u32 %over, %item, %n\(limit);
        @%over bra DONE;
        mul.wide.u32 %o0, %item, 16;
        \(load(0))
        \(use(0))
        add.u32 %item, %item, %count;
        bra FEW;
      DONE:
      """
  }

  /// Goes through the words 0 to `%n(limit)`, which is one of them where `inclusive`; the place of each in bytes lies in `%o`.
  static func words(limit: Int, inclusive: Bool = false, _ body: String) -> String {
    """
      .reg .pred %over;
      .reg .u64 %o, %at;
    NEXT:
      setp.\(inclusive ? "gt" : "ge").u32 %over, %item, %n\(limit);
      @%over bra DONE;
      mul.wide.u32 %o, %item, 4;
      \(body)
      add.u32 %item, %item, %count;
      bra NEXT;
    DONE:
    """
  }
}
