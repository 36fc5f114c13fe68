# pragma version 0.4.3
# A token whose balanceOf tells what it likes. `lie` makes it tell more or less than there is; `lieLater` from the next
# transferFrom on, so that a caller who compares before and after sees arrive what never did.

from parts import erc20

initializes: erc20
exports: (erc20.mint, erc20.allowance, erc20.totalSupply)

lies: public(HashMap[address, int256])
later: public(HashMap[address, int256])
moves: public(bool)


@deploy
def __init__():
    self.moves = True


@external
def lie(account: address, more: int256):
    self.lies[account] = more


@external
def lieLater(account: address, more: int256, moves: bool):
    """
    @param moves Whether coins still move besides.
    """
    self.later[account] = more
    self.moves = moves


@external
@view
def balanceOf(account: address) -> uint256:
    return convert(convert(erc20.balances[account], int256) + self.lies[account], uint256)


@external
@view
def trueBalanceOf(account: address) -> uint256:
    return erc20.balances[account]


@external
def approve(spender: address, amount: uint256) -> bool:
    erc20.allow(msg.sender, spender, amount)
    return True


@external
def transfer(receiver: address, amount: uint256) -> bool:
    if self.moves:
        erc20.move(msg.sender, receiver, amount)
    return True


@external
def transferFrom(sender: address, receiver: address, amount: uint256) -> bool:
    self.lies[receiver] += self.later[receiver]
    self.later[receiver] = 0
    if self.moves:
        erc20.spend(sender, msg.sender, amount)
        erc20.move(sender, receiver, amount)
    return True
