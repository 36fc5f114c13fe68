# pragma version 0.4.3
# An account with code: it does what anyone tells it to, and calls back, or refuses, when ETH comes in. For the tests alone.

target: address
calldata: Bytes[2048]
refuses: bool
answered: public(uint256)  # calls on the way that succeeded


@external
def hook(target: address, calldata: Bytes[2048]):
    """
    @notice What is called when ETH comes in next, once.
    """
    self.target = target
    self.calldata = calldata


@external
def refuse(refuses: bool):
    self.refuses = refuses


@external
@payable
def run(target: address, calldata: Bytes[2048]):
    raw_call(target, calldata, value=msg.value)


@external
@payable
def __default__():
    assert not self.refuses
    target: address = self.target
    if target != empty(address):
        self.target = empty(address)
        success: bool = raw_call(target, self.calldata, revert_on_failure=False)
        if success:
            self.answered += 1
