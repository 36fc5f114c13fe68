import ArgumentParser
import Commands

@main struct SRChain: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-chain", abstract: "Keep keys, and speak to an Ethereum chain.",
    version: Version.line("sr-chain"),
    subcommands: [
      Key.self,
      Balance.self,
      Nonce.self,
      Gas.self,
      Block.self,
      Call.self,
      Build.self,
      Send.self,
      Wait.self,
      Bump.self,
      Cancel.self,
      Deploy.self,
      Claim.self,
      Prove.self,
      Vote.self,
      Events.self,
      Rpc.self,
      Sign.self,
      Verify.self,
      Encode.self,
      Decode.self,
      Contract.self,
      Dev.self,
      Post.self,
      Fund.self,
      Settle.self,
      Challenge.self,
      Release.self,
      Distribute.self,
      Refund.self,
      Withdraw.self,
      Show.self,
    ])

  static func main() { start() }
}
