"""A reference model of the marketplace, written from its specification, and random lives of both side by side.

`terms`, `nodes`, `jobs`, `judging`, `payments`, `tokens`, `digests` and `market` are the model; it knows no contract.
`world` does each thing to the model and to the contracts and compares them, `checks` compares their whole state,
`cast` says who takes part, `lives` are the rules of the state machine, and `ending` proves that nothing is stuck.
"""
