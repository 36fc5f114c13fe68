# pragma version 0.4.3
# What the test tokens share: balances, allowances, and coins for whoever asks.

event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    value: uint256

event Approval:
    owner: indexed(address)
    spender: indexed(address)
    value: uint256

balances: HashMap[address, uint256]
allowance: public(HashMap[address, HashMap[address, uint256]])
totalSupply: public(uint256)


@external
def mint(receiver: address, amount: uint256):
    self.balances[receiver] += amount
    self.totalSupply += amount
    log Transfer(sender=empty(address), receiver=receiver, value=amount)


@external
@view
def balanceOf(account: address) -> uint256:
    return self.balances[account]


@internal
def allow(owner: address, spender: address, amount: uint256):
    self.allowance[owner][spender] = amount
    log Approval(owner=owner, spender=spender, value=amount)


@internal
def spend(owner: address, spender: address, amount: uint256):
    assert self.allowance[owner][spender] >= amount, "token: allowance"
    self.allowance[owner][spender] -= amount


@internal
def move(sender: address, receiver: address, amount: uint256):
    assert self.balances[sender] >= amount, "token: balance"
    self.balances[sender] -= amount
    self.balances[receiver] += amount
    log Transfer(sender=sender, receiver=receiver, value=amount)
