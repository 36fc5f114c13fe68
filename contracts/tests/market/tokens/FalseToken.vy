# pragma version 0.4.3
# A token that says false where others revert; `refuse` has it say false, and move nothing, whatever is asked.

from parts import erc20

initializes: erc20
exports: (erc20.mint, erc20.balanceOf, erc20.allowance, erc20.totalSupply)

refusing: public(bool)


@external
def refuse(_refusing: bool):
    self.refusing = _refusing


@external
def approve(spender: address, amount: uint256) -> bool:
    erc20.allow(msg.sender, spender, amount)
    return True


@external
def transfer(receiver: address, amount: uint256) -> bool:
    if self.refusing or erc20.balances[msg.sender] < amount:
        return False
    erc20.move(msg.sender, receiver, amount)
    return True


@external
def transferFrom(sender: address, receiver: address, amount: uint256) -> bool:
    if self.refusing or erc20.balances[sender] < amount:
        return False
    if erc20.allowance[sender][msg.sender] < amount:
        return False
    erc20.spend(sender, msg.sender, amount)
    erc20.move(sender, receiver, amount)
    return True
