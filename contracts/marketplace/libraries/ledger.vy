# pragma version 0.4.3
"""
@title ledger
@notice What is credited to whom, in ETH (the token zero) and in tokens: credited, then withdrawn by its owner.
"""

from ethereum.ercs import IERC20


event PaymentReleased:
    jobId: indexed(bytes32)
    account: indexed(address)
    token: indexed(address)
    amount: uint256
    kind: uint256


event Withdrawn:
    account: indexed(address)
    token: indexed(address)
    amount: uint256


# The kinds of PaymentReleased.
NODE_SHARE: constant(uint256) = 1
CHECKER_SHARE: constant(uint256) = 2
SUBMITTER_REST: constant(uint256) = 3
BOND_BACK: constant(uint256) = 4
CHALLENGER_COSTS: constant(uint256) = 5
BURNED: constant(uint256) = 6
LOSERS_BONDS: constant(uint256) = 7

# Whose credits nobody can withdraw.
BURN: constant(address) = 0x000000000000000000000000000000000000dEaD

credits: public(HashMap[address, HashMap[address, uint256]])  # token, account


@external
@nonreentrant
def withdraw(token: address):
    """
    @notice Send the caller all that is credited to it in one currency; zero is ETH.
    """
    amount: uint256 = self.credits[token][msg.sender]
    assert amount > 0, "no credit"
    self.credits[token][msg.sender] = 0
    log Withdrawn(account=msg.sender, token=token, amount=amount)
    if token == empty(address):
        raw_call(msg.sender, b"", value=amount)
    else:
        assert extcall IERC20(token).transfer(
            msg.sender, amount, default_return_value=True
        ), "token: transfer refused"


@internal
def credit(jobId: bytes32, account: address, token: address, amount: uint256, kind: uint256):
    """
    @notice Credit what is already here.
    """
    if amount == 0:
        return
    self.credits[token][account] += amount
    log PaymentReleased(jobId=jobId, account=account, token=token, amount=amount, kind=kind)


@internal
@payable
def take(sender: address, token: address, amount: uint256) -> uint256:
    """
    @notice Take an amount of the sender, ETH as the call's value, a token by its allowance.
    @return What arrived: a token may keep a part.
    """
    if token == empty(address):
        assert msg.value == amount, "value is not the amount"
        return amount
    assert msg.value == 0, "the currency is a token"
    before: uint256 = staticcall IERC20(token).balanceOf(self)
    assert extcall IERC20(token).transferFrom(
        sender, self, amount, default_return_value=True
    ), "token: transfer refused"
    return staticcall IERC20(token).balanceOf(self) - before
