# pragma version 0.4.3
# A token that calls back while it is called: `arm` says whom, with what, and before or after the coins move. It sends
# whatever it is told to, by `act`, so that it can be a submitter, a challenger or a node's owner itself.

from parts import erc20

initializes: erc20
exports: (erc20.mint, erc20.balanceOf, erc20.allowance, erc20.totalSupply)

event CalledBack:
    success: bool
    answer: Bytes[256]

target: public(address)
data: Bytes[2048]
attached: uint256
times: public(uint256)
before: public(bool)
tries: public(uint256)
successes: public(uint256)


@external
@payable
def __default__():
    pass


@external
def arm(target: address, data: Bytes[2048], attached: uint256, times: uint256, before: bool):
    """
    @notice From now on call back, at most so many times, with so much ETH each.
    """
    self.target = target
    self.data = data
    self.attached = attached
    self.times = times
    self.before = before
    self.tries = 0
    self.successes = 0


@external
@payable
def act(target: address, data: Bytes[2048], attached: uint256) -> Bytes[256]:
    """
    @notice Call something in the token's own name; fails as that does.
    """
    return raw_call(target, data, max_outsize=256, value=attached)


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
    if self.before:
        self._callBack()
    erc20.move(sender, receiver, amount)
    if not self.before:
        self._callBack()


@internal
def _callBack():
    if self.times == 0:
        return
    self.times -= 1
    self.tries += 1
    success: bool = False
    answer: Bytes[256] = b""
    success, answer = raw_call(
        self.target, self.data, max_outsize=256, value=self.attached, revert_on_failure=False
    )
    if success:
        self.successes += 1
    log CalledBack(success=success, answer=answer)
