/// One line on a terminal that tells what goes on now; nothing anywhere else.
public struct StatusLine: Sendable {
  /// The verb's world: what is written in it first clears the line.
  public let world: World
  private let bar: ProgressBar?

  /// Begins, where standard error is a terminal and nobody asked for quiet.
  public init(in world: World) {
    guard world.verbosity != .quiet, world.environment["TERM"] != "dumb",
      world.errors.columns != nil
    else {
      self.world = world
      bar = nil
      return
    }
    let bar = ProgressBar(world.errors)
    self.bar = bar
    var world = world
    world.errors = ClearingSink(world.errors, bar)
    if world.output.columns != nil { world.output = ClearingSink(world.output, bar) }
    self.world = world
  }

  /// Puts what goes on in place of the last; what comes first is what is kept where there is little room.
  public func show(_ parts: [String], fraction: Double?) {
    bar?.draw(ProgressText(parts: parts, fraction: fraction))
  }

  /// Takes the line away.
  public func clear() { bar?.clear() }
}
