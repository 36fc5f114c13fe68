import FuzzProperties
import Glibc

/// The decoder under test, chosen by the name of the program: `fuzz-rlp` feeds RLP.
private let target: FuzzTarget = {
  let program = CommandLine.arguments.first?.split(separator: "/").last ?? ""
  guard let target = FuzzTarget.allCases.first(where: { program == "fuzz-\($0.rawValue)" }) else {
    fatalError("\(program) names no decoder")
  }
  return target
}()

/// The entry that libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  target.check(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
