/// The entry that libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  checkJSONProperties(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
