"""The first block: the funded accounts and the contracts that the rules call."""

from __future__ import annotations

import os
from typing import Sequence

from eth.db.atomic import AtomicDB
from eth.vm.forks.cancun.constants import BEACON_ROOTS_ADDRESS, BEACON_ROOTS_CONTRACT_CODE
from eth.vm.forks.prague.constants import HISTORY_STORAGE_ADDRESS, HISTORY_STORAGE_CONTRACT_CODE

from .blocks import EMPTY_TRIE, ZERO_ADDRESS, ZERO_HASH, Block, Header
from .evm import open_state

FUNDS = 10**24
BASE_FEE = 10**9
GAS_LIMIT = 30_000_000


def make_genesis(database: AtomicDB, chain_id: int, accounts: Sequence[bytes]) -> Block:
    """Block 0, its state written. Its mixHash is random, so that no two chains are the same."""
    header = Header(
        parent_hash=ZERO_HASH,
        coinbase=ZERO_ADDRESS,
        number=0,
        gas_limit=GAS_LIMIT,
        timestamp=0,
        base_fee=BASE_FEE,
        extra_data=b"",
        mix_hash=os.urandom(32),
    )
    state = open_state(database, EMPTY_TRIE, header, chain_id, [])
    for address in accounts:
        state.set_balance(address, FUNDS)
    contracts = (
        (HISTORY_STORAGE_ADDRESS, HISTORY_STORAGE_CONTRACT_CODE),
        (BEACON_ROOTS_ADDRESS, BEACON_ROOTS_CONTRACT_CODE),
    )
    for address, code in contracts:
        state.set_nonce(address, 1)
        state.set_code(address, code)
    state.persist()
    header.state_root = state.state_root
    return Block(header)
