#compdef sr-chain

__sr-chain_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sr-chain_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sr-chain_complete "${completions[@]:0:-1}"
    fi
}

__sr-chain_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sr-chain() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'key:Keep private keys in files under a passphrase.'
            'balance:Tell the balance of accounts, in wei.'
            'nonce:Tell the nonce of the next transaction of accounts.'
            'gas:Tell what gas costs, and what each strategy offers.'
            'block:Tell what a block holds.'
            'call:Ask a contract, without a transaction.'
            'build:Complete the transaction of each record in one round trip: chain, nonce, gas, fees.'
            'send:Send the transaction of each record, built and signed where it is not yet.'
            'wait:Wait until the transaction of each record is in a block, and add '\''receipt'\''.'
            'bump:Offer more for each transaction that waits: the same again, with higher fees.'
            'cancel:Put a transaction that does nothing in the place of each one that waits.'
            'deploy:Make a contract of the bytecode in a file, and add its address.'
            'claim:Take a slot of each record'\''s job for our node, and bind its bond.'
            'prove:Commit our node to the result of each record'\''s run, which nobody learns by that.'
            'vote:Open our node'\''s commitment to each record'\''s result, once that is allowed.'
            'events:Write the events of contracts, past and to come: one record with '\''log'\'' each.'
            'rpc:Call any JSON-RPC method.'
            'sign:Sign transactions, messages or typed data, with no network.'
            'verify:Judge each record'\''s signature by named checks, and add '\''verdict'\''.'
            'encode:Encode arguments as contracts take them.'
            'decode:Decode what contracts take, give back, log and revert with.'
            'contract:Give contracts names.'
            'dev:Run a development chain, whose accounts are rich and whose keys all know.'
            'post:Post the job of each record with its payment in escrow, and add '\''escrow'\''.'
            'fund:Add to the payment of jobs that you posted, until they are first settled.'
            'settle:Have jobs settled: what the nodes opened decides, as soon as nothing can change it.'
            'challenge:Have an agreed result judged by new nodes, for a bond.'
            'release:Pay for jobs whose verdict is good, and add '\''settlement'\''.'
            'distribute:Have the escrow of jobs paid out once their verdict is final, and add '\''settlement'\''.'
            'refund:Have the payment of jobs given back that found no quorum, and add '\''settlement'\''.'
            'withdraw:Withdraw what is credited to an account, or the stake of its retired node.'
            'show:Tell the whole state of jobs in escrow, and what happened to them.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        key|balance|nonce|gas|block|call|build|send|wait|bump|cancel|deploy|claim|prove|vote|events|rpc|sign|verify|encode|decode|contract|dev|post|fund|settle|challenge|release|distribute|refund|withdraw|show|help)
            "_sr-chain_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-chain_key() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'new:Make a key from random numbers.'
            'import:Keep a key that exists already.'
            'list:Tell the keys that are kept here.'
            'address:Tell the address of a key, without its passphrase.'
            'export:Write a key'\''s V3 keystore, or the private key itself.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        new|import|list|address|export)
            "_sr-chain_key_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-chain_key_new() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--mnemonic[Make the key of a new mnemonic, and show its words at the terminal.]'
        '--mnemonic-out[With --mnemonic\: write the words to the new <file>, not to the terminal.]:mnemonic-out:_files'
        '--words[With --mnemonic\: make <n> words\: 12, 15, 18, 21 or 24.]:words:'
        '--path[Take the mnemonic'\''s key at <path>.]:path:'
        '--mnemonic-passphrase-file[Read the mnemonic'\''s own passphrase from <file>; without it there is none.]:mnemonic-passphrase-file:_files'
        '--light[Lock it in milliseconds, not a second\: for tests, since it hardly protects.]'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_key_import() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--private-key-file[Read the key as hexadecimal digits from <file>.]:private-key-file:_files'
        '--private-key-fd[Read the key as hexadecimal digits from the open file descriptor <n>.]:private-key-fd:'
        '--mnemonic-file[Read the words of a mnemonic from <file>.]:mnemonic-file:_files'
        '--mnemonic-fd[Read the words of a mnemonic from the open file descriptor <n>.]:mnemonic-fd:'
        '--path[Take the mnemonic'\''s key at <path>.]:path:'
        '--mnemonic-passphrase-file[Read the mnemonic'\''s own passphrase from <file>; without it there is none.]:mnemonic-passphrase-file:_files'
        '--keystore[Take the key from the V3 keystore <file>.]:keystore:_files'
        '--light[Lock it in milliseconds, not a second\: for tests, since it hardly protects.]'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_key_list() {
    local -i ret=1
    local -ar arg_specs=(
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_key_address() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_key_export() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '(-o --output)'{-o,--output}'[Write to the new <file>, not to standard output.]:output:_files'
        '--private-key[Write the private key, with no lock, as hexadecimal digits.]'
        '--output-fd[With --private-key\: write to the open file descriptor <n>, 3 or more.]:output-fd:'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_balance() {
    local -i ret=1
    local -ar arg_specs=(
        '*:operands:'
        '--block[Tell the balance at <block>\: a tag, a number or a hash.]:block:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_nonce() {
    local -i ret=1
    local -ar arg_specs=(
        '*:operands:'
        '--block[Tell the nonce at <block>\: a tag, a number or a hash (pending).]:block:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_gas() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_block() {
    local -i ret=1
    local -ar arg_specs=(
        '*:operands:'
        '--transactions[Tell the transactions in full, not by their hashes.]'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_call() {
    local -i ret=1
    local -ar arg_specs=(
        ':to:'
        '*:words:'
        '--data[Call with <hex> as it is, in place of a function.]:data:'
        '--block[Ask about the state at <block>\: a tag, a number or a hash.]:block:'
        '--from[Call on behalf of <account>.]:from:'
        '--value[Send <amount> along, in pretence.]:value:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_build() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--value[Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.]:value:'
        '--data[Send the bytes <0x…> as the call'\''s data.]:data:'
        '--access-list[Take the access list from <file>\: JSON, as a record has it.]:access-list:_files'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:words:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_send() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--resume[Bring to an end what earlier runs have left in the journals; reads no input.]'
        '--async[Do not look whether the node holds the transaction after it has taken it.]'
        '--wait[Wait until the transaction is in a block, and add '\''receipt'\''.]'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--value[Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.]:value:'
        '--data[Send the bytes <0x…> as the call'\''s data.]:data:'
        '--access-list[Take the access list from <file>\: JSON, as a record has it.]:access-list:_files'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:words:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_wait() {
    local -i ret=1
    local -ar arg_specs=(
        '--from[With --pending, take those of <address> alone.]:address:'
        '--pending[Take all that is in the journals and in no block, in place of hashes and records.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:operands:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_bump() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--until-mined[Offer more again and again until one is in a block, and wait as '\''wait'\'' does.]'
        '--every[With --until-mined, offer more every <duration> (30s).]:duration:'
        '--pending[Take all that is in the journals and in no block, in place of hashes and records.]'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:operands:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_cancel() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--until-mined[Offer more again and again until one is in a block, and wait as '\''wait'\'' does.]'
        '--every[With --until-mined, offer more every <duration> (30s).]:duration:'
        '--pending[Take all that is in the journals and in no block, in place of hashes and records.]'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:operands:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_deploy() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        ':file:_files'
        '*:words:'
        '--abi[Take the contract'\''s ABI from <file>, not from the artefact.]:abi:_files'
        '--name[Register the contract as <name> once it is there\: goes with --wait.]:name:'
        '--replace[Register it though the name is taken.]'
        '--all[Make the four contracts of the marketplace, and register them by their names.]'
        '--minimum-stake[Let a node stake <amount> at least (1ETH); goes with --all.]:amount:'
        '--unbonding[Keep the stake of a node that has retired for <duration> (7d); goes with --all.]:duration:'
        '--contracts[Take the contracts from the artefacts in <dir>; goes with --all.]:dir:_files -/'
        '--async[Do not look whether the node holds the transaction after it has taken it.]'
        '--wait[Wait until the transaction is in a block, and add '\''receipt'\''.]'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--value[Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.]:value:'
        '--data[Send the bytes <0x…> as the call'\''s data.]:data:'
        '--access-list[Take the access list from <file>\: JSON, as a record has it.]:access-list:_files'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_claim() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--max-open[Let at most <n> claims of ours lack a commitment at a time (1).]:max-open:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_prove() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--could-not-run[Commit to "could not run" for records that failed in an earlier stage.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_vote() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--could-not-run[Open what was committed to for records that failed in an earlier stage, too.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_events() {
    local -i ret=1
    local -ar arg_specs=(
        '*:event:'
        '--from[Begin with <block>\: a number, a tag or a hash; or '\''cursor'\''\: go on where --cursor says.]:block:'
        '--to[End with <block>.]:block:'
        '--follow[Go on at the head of the chain, until a signal or --to.]'
        '--confirmations[Hold events back until their block has <n> confirmations\: itself and those behind it.]:confirmations:'
        '*--address[Take the events of the contract <address>, ENS name or registered; may be given again.]:address:'
        '*--where[Take those whose indexed parameter is <name=value>; once more\: or another value.]:where:'
        '--cursor[Remember in <file> how far the stream is, and go on there.]:file:_files'
        '--poll[Look for new blocks every <duration> (2s).]:poll:'
        '--window[Be ready to take back the last <n> blocks.]:window:'
        '--ws-url[Be told of new blocks by the WebSocket at <url>; '\''none'\''\: poll alone.]:ws-url:'
        '--abi[Take definitions from the ABI in <file>.]:abi:_files'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_rpc() {
    local -i ret=1
    local -ar arg_specs=(
        ':method:'
        '*:params:'
        '--raw[Take all parameters as one JSON text\: one argument, or standard input.]'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_sign() {
    local -i ret=1
    local -ar arg_specs=(
        '--message[Sign each operand, or each record'\''s '\''message'\'', as a message (EIP-191).]'
        '--message-file[Sign each file'\''s content as a message.]'
        '--typed-data[Sign each file'\''s, or each record'\''s, '\''typedData'\'' (EIP-712).]'
        '--digest[Sign each hash as it is; it may stand for anything, a transaction too.]'
        '--authorization[Sign each record'\''s '\''authorization'\'' to set our code (EIP-7702).]'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:operands:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_verify() {
    local -i ret=1
    local -ar arg_specs=(
        '--address[The account that must have signed.]:address:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:operands:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_encode() {
    local -i ret=1
    local -ar arg_specs=(
        '*:signature-and-arg:'
        '--packed[Encode side by side with no padding, as Solidity'\''s abi.encodePacked does.]'
        '--event[Encode the topics and data of an event.]'
        '--error[Encode the data of an error that a contract reverts with.]'
        '--returns[Encode what a function gives back.]'
        '--constructor[Encode the arguments of the ABI'\''s constructor; they are the only parameters.]'
        '--abi[Take definitions from the ABI in <file>.]:abi:_files'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_decode() {
    local -i ret=1
    local -ar arg_specs=(
        '*:signature-and-data:'
        '--event[Decode the topics and data of a log.]'
        '--error[Decode the data that a contract reverted with.]'
        '--returns[Decode what a function gave back.]'
        '--constructor[Decode the arguments of the ABI'\''s constructor.]'
        '--abi[Take definitions from the ABI in <file>.]:abi:_files'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_contract() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'add:Give a contract a name on one chain.'
            'list:Tell the contracts that have names here, on all chains.'
            'remove:Take a contract'\''s name away; no node is asked.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|list|remove)
            "_sr-chain_contract_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-chain_contract_add() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        ':address:'
        '--abi[Take the contract'\''s ABI from <file>.]:abi:_files'
        '--genesis[The <hash> of the chain'\''s block 0; --chain then tells its id.]:genesis:'
        '--replace[Replace a contract that has the name already.]'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_contract_list() {
    local -i ret=1
    local -ar arg_specs=(
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_contract_remove() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--chain[The chain with this <id>, where several have the name.]:chain:'
        '--genesis[The chain whose block 0 has this <hash>, where several have the name.]:genesis:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_dev() {
    local -i ret=1
    local -ar ___engine=('devchain' 'anvil' 'geth')
    local -ar arg_specs=(
        '--port[Listen on port <n> of 127.0.0.1, on 0 any that is free.]:port:'
        '--block-time[Make a block every <s> seconds, not one for each transaction.]:block-time:'
        '--state[Keep the chain in the folder <dir>, and go on with what is there.]:state:_files -/'
        '--chain-id[The chain id.]:chain-id:'
        '--accounts[How many accounts have money.]:accounts:'
        '--engine[Start <engine>\: devchain, anvil or geth.]:engine:{__sr-chain_complete "${___engine[@]}"}'
        '--allow-unprotected[Take transactions that name no chain, too.]'
        '--import[Keep the accounts'\'' keys as dev0, dev1 and so on; all the world knows them.]'
        '--light[Lock them in milliseconds, not a second.]'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_post() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--bond[Bind <amount> of a node'\''s stake by each claim (2(n+1)/n shares).]:amount:'
        '--token[Pay in the ERC-20 at <address>, in its smallest unit (job.payment.token).]:address:'
        '--claim-window[Let nodes claim for <duration> (10m).]:duration:'
        '--commit-window[Give each node <duration> from its claim to run the job and commit (its timeout and 10m).]:duration:'
        '--open-window[Let nodes open what they committed for <duration> (10m).]:duration:'
        '--challenge-window[Let the result be challenged for <duration> (1h).]:duration:'
        '--no-draw[Leave the draw of the nodes to the first who claims.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_fund() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '*:operands:'
        '--amount[Add <amount>, in the job'\''s currency.]:amount:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_settle() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '*:operands:'
        '--now[Hold no record\: end with 75 where it is too early, and tell from when it is not.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_challenge() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '*:operands:'
        '--evidence[Tell the CID of what speaks against the result; else the record'\''s first proof.]:evidence:'
        '--bond[Put up <amount>, in the job'\''s currency (2n+1 shares).]:bond:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_release() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--now[Hold no record\: end with 75 where it is too early, and tell from when it is not.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_distribute() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '*:operands:'
        '--now[Hold no record\: end with 75 where it is too early, and tell from when it is not.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_refund() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '*:operands:'
        '--now[Hold no record\: end with 75 where it is too early, and tell from when it is not.]'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_withdraw() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--token[Withdraw the ERC-20 at <address>, not ETH.]:address:'
        '--stake[Withdraw the stake of a node that has retired and is unbonded.]'
        '--node[With --stake, that of the node <number>, not of the one that the key operates.]:number:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--dry-run[Sign and send nothing; tell what would be sent, and what it may cost.]'
        '--once[Send for the ID <id> once\: where the account'\''s journal has it, its transaction is told.]:id:'
        '--no-journal[Keep no journal\: a crash may lose or repeat a transaction.]'
        '--confirmations[Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).]:confirmations:'
        '--patience[Give up after <duration> what the node does not know and nobody can offer again (1m).]:duration:'
        '--nonce[Give each sender'\''s first transaction the nonce <n> (its pending count).]:nonce:'
        '--gas[Let the transaction use <n> gas, and ask for no estimate.]:gas:'
        '--gas-buffer[Allow <factor> times the gas of the estimate (1.2).]:gas-buffer:'
        '--max-fee-per-gas[Offer exactly <amount> a unit of gas at most; --max-fee only bounds.]:max-fee-per-gas:'
        '--type[Make a transaction of type <n>\: 0, 1, 2 or 4.]:type:'
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-chain_complete "${___fees[@]}"}'
        '--tip[Offer a tip of <amount> a unit of gas, whatever others pay\: --fees custom.]:tip:'
        '--max-fee[Let a unit of gas cost at most <amount>; refuse where that is too little.]:max-fee:'
        '--gas-price[Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.]:gas-price:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
        '--signer[Have <command> sign, for a key held elsewhere.]:signer:_files'
        '--signer-timeout[Give the external signer up after <seconds>.]:signer-timeout:'
        '--from[Sign as <address>\: needed with --signer where a record does not say.]:from:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_show() {
    local -i ret=1
    local -ar arg_specs=(
        '*:operands:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '*'{--rpc-url,--rpc}'[Reach the node'\''s JSON-RPC at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--quorum[Take an answer that cannot differ only where <k> endpoints give the same.]:quorum:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--no-ens[Look up no ENS names\: take addresses alone.]'
        '--ens-registry[Look up ENS names at the registry <address>.]:ens-registry:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-chain_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sr-chain ]]; then
    _sr-chain "${@}"
else
    compdef _sr-chain sr-chain
fi
