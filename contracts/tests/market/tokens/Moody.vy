# pragma version 0.4.3
# A token that anyone can turn into another kind at any time; for the tests alone.

PLAIN: constant(uint256) = 0
SILENT: constant(uint256) = 1  # returns nothing
FEE: constant(uint256) = 2  # a hundredth is lost on the way
LYING: constant(uint256) = 3  # says true, moves nothing
REFUSING: constant(uint256) = 4  # says false, moves nothing
FROZEN: constant(uint256) = 5  # reverts

kind: public(uint256)
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
target: address
calldata: Bytes[2048]
answered: public(uint256)  # calls on the way that succeeded


@external
def become(kind: uint256):
    self.kind = kind


@external
def mint(account: address, amount: uint256):
    self.balanceOf[account] += amount


@external
def seize(account: address, amount: uint256):
    self.balanceOf[account] -= amount


@external
def hook(target: address, calldata: Bytes[2048]):
    """
    @notice What is called in the midst of the next transfer, once.
    """
    self.target = target
    self.calldata = calldata


@external
def approve(spender: address, amount: uint256) -> bool:
    self.allowance[msg.sender][spender] = amount
    return True


@external
@raw_return
def transfer(recipient: address, amount: uint256) -> Bytes[32]:
    return self._move(msg.sender, recipient, amount)


@external
@raw_return
def transferFrom(sender: address, recipient: address, amount: uint256) -> Bytes[32]:
    if self.kind != LYING and self.kind != REFUSING:
        self.allowance[sender][msg.sender] -= amount
    return self._move(sender, recipient, amount)


@internal
def _move(sender: address, recipient: address, amount: uint256) -> Bytes[32]:
    kind: uint256 = self.kind
    assert kind != FROZEN
    target: address = self.target
    if target != empty(address):
        self.target = empty(address)
        success: bool = raw_call(target, self.calldata, revert_on_failure=False)
        if success:
            self.answered += 1
    if kind != LYING and kind != REFUSING:
        self.balanceOf[sender] -= amount
        self.balanceOf[recipient] += amount - (amount // 100 if kind == FEE else 0)
    if kind == SILENT:
        return b""
    return abi_encode(kind != REFUSING)
