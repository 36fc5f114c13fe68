# pragma version 0.4.3
# A token as ERC-20 says.

from parts import erc20

initializes: erc20
exports: (erc20.mint, erc20.balanceOf, erc20.allowance, erc20.totalSupply)


@external
def approve(spender: address, amount: uint256) -> bool:
    erc20.allow(msg.sender, spender, amount)
    return True


@external
def transfer(receiver: address, amount: uint256) -> bool:
    erc20.move(msg.sender, receiver, amount)
    return True


@external
def transferFrom(sender: address, receiver: address, amount: uint256) -> bool:
    erc20.spend(sender, msg.sender, amount)
    erc20.move(sender, receiver, amount)
    return True
