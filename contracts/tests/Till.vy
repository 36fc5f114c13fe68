# pragma version 0.4.3
# A till that takes and gives: what the tests of the development chain deploy.
# @error {"type":"error","name":"NotEnough","inputs":[{"name":"has","type":"uint256"},{"name":"wanted","type":"uint256"}]}

event Paid:
    who: indexed(address)
    amount: uint256
    note: String[64]

event Taken:
    who: indexed(address)
    amount: uint256

owner: public(address)
balances: public(HashMap[address, uint256])
payments: public(uint256)


@deploy
@payable
def __init__(start: uint256):
    assert start <= 1000, "till: starts too full"
    self.owner = msg.sender
    self.payments = start


@external
@payable
def pay(note: String[64]) -> uint256:
    self.balances[msg.sender] += msg.value
    self.payments += 1
    log Paid(who=msg.sender, amount=msg.value, note=note)
    return self.payments


@external
def take(amount: uint256):
    if amount > self.balances[msg.sender]:
        raw_revert(
            concat(
                method_id("NotEnough(uint256,uint256)"),
                convert(self.balances[msg.sender], bytes32),
                convert(amount, bytes32),
            )
        )
    self.balances[msg.sender] -= amount
    log Taken(who=msg.sender, amount=amount)
    send(msg.sender, amount)


@external
def close():
    assert msg.sender == self.owner, "till: not the owner"
    self.payments = 0


@external
@view
def divide(a: uint256, b: uint256) -> uint256:
    if b == 0:
        raw_revert(concat(method_id("Panic(uint256)"), convert(18, bytes32)))
    return a // b
