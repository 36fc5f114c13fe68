# pragma version 0.4.3
# A token whose transfers somebody can stop.

from parts import erc20

initializes: erc20
exports: (erc20.mint, erc20.balanceOf, erc20.allowance, erc20.totalSupply)

paused: public(bool)


@external
def pause(_paused: bool):
    self.paused = _paused


@external
def approve(spender: address, amount: uint256) -> bool:
    erc20.allow(msg.sender, spender, amount)
    return True


@external
def transfer(receiver: address, amount: uint256) -> bool:
    assert not self.paused, "token: paused"
    erc20.move(msg.sender, receiver, amount)
    return True


@external
def transferFrom(sender: address, receiver: address, amount: uint256) -> bool:
    assert not self.paused, "token: paused"
    erc20.spend(sender, msg.sender, amount)
    erc20.move(sender, receiver, amount)
    return True
