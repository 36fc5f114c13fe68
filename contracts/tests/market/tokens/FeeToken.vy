# pragma version 0.4.3
# A token that keeps a part of whatever is moved: less arrives than was sent.

from parts import erc20

initializes: erc20
exports: (erc20.mint, erc20.balanceOf, erc20.allowance, erc20.totalSupply)

perMille: public(immutable(uint256))


@deploy
def __init__(_perMille: uint256):
    assert _perMille <= 1000, "token: fee"
    perMille = _perMille


@external
def approve(spender: address, amount: uint256) -> bool:
    erc20.allow(msg.sender, spender, amount)
    return True


@external
def transfer(receiver: address, amount: uint256) -> bool:
    self._move(msg.sender, receiver, amount)
    return True


@external
def transferFrom(sender: address, receiver: address, amount: uint256) -> bool:
    erc20.spend(sender, msg.sender, amount)
    self._move(sender, receiver, amount)
    return True


@internal
def _move(sender: address, receiver: address, amount: uint256):
    fee: uint256 = amount * perMille // 1000
    erc20.move(sender, receiver, amount - fee)
    erc20.move(sender, self, fee)
