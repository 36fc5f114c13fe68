/// An object of OpenCL that is released once, when nobody refers to it any more.
@safe public final class OpenCLObject {
  let address: OpenCLFunctions.Object
  private let release: OpenCLFunctions.OnObject
  // An object may not outlive the context that it was made in.
  private let owner: OpenCLObject?

  init(
    _ address: OpenCLFunctions.Object, owner: OpenCLObject?,
    release: @escaping OpenCLFunctions.OnObject
  ) {
    unsafe self.address = address
    self.owner = owner
    unsafe self.release = release
  }

  deinit { _ = unsafe release(address) }
}
