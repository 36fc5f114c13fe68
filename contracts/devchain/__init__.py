"""A development chain: a real EVM behind Ethereum's JSON-RPC, for tests and for trying things out.

It answers as geth's development mode does: the same shapes, error codes and messages, pool rules,
subscriptions and reorg notices. The keys are public: never send anything of value to its accounts.
"""
