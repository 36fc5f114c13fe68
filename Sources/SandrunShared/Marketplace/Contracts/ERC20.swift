public import ABI

/// What is called of a token that pays for jobs.
public enum ERC20 {
  /// What an account has, in the token's smallest unit.
  public static let balanceOf = ABIFunction(
    written: "balanceOf(address owner) view returns (uint256)")
  /// How much of it another may take.
  public static let allowance = ABIFunction(
    written: "allowance(address owner, address spender) view returns (uint256)")
  /// Lets another take so much; tokens differ in what they return.
  public static let approve = ABIFunction(written: "approve(address spender, uint256 amount)")
}
