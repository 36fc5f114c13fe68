#compdef sr-node

__sr-node_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sr-node_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sr-node_complete "${completions[@]:0:-1}"
    fi
}

__sr-node_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sr-node() {
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
            'exec:Run the job of each record in a sandbox, and add '\''result'\''.'
            'serve:Take jobs over HTTP, run them, and answer for their results.'
            'status:Tell how nodes are: jobs, queue, disk, reputation, stake and earnings.'
            'drain:Let the node on this machine finish what it has, and end.'
            'describe:Describe this machine as a node: a record with '\''node'\''.'
            'match:Let through the jobs that this node takes, each made anew of what was verified.'
            'publish:Hand each record'\''s outputs and proofs to nodes that serve them, once they are opened.'
            'doctor:Check all that running jobs needs: a record a check, with a hint for what fails.'
            'register:Sign each record'\''s '\''node'\'', and register it: with stake on the chain, or in a pool.'
            'update:Sign each record'\''s '\''node'\'' anew, and tell chain or pool its endpoint and descriptor.'
            'retire:Claim nothing more with this node, for ever; its open claims go on.'
            'discover:Find nodes on the chain or in a pool: a record with '\''node'\'' for each that matches.'
            'info:Tell all that is known of a node, or what the nodes of a pool have together.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        exec|serve|status|drain|describe|match|publish|doctor|register|update|retire|discover|info|help)
            "_sr-node_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-node_exec() {
    local -i ret=1
    local -ar arg_specs=(
        '--sandbox[How to confine jobs\: bubblewrap, or none for jobs that are trusted.]:sandbox:'
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

_sr-node_serve() {
    local -i ret=1
    local -ar arg_specs=(
        '--listen[Listen on <address\:port>; port 0 is any that is free.]:listen:'
        '*--host-name[Answer requests that call this node <name>, too, where it listens on loopback.]:host-name:'
        '--max-connections[Hold up to <n> connections.]:max-connections:'
        '--header-timeout[Give a new connection <time> for the head of its request.]:header-timeout:'
        '--idle-timeout[Close a connection on which nothing happened for <time>.]:idle-timeout:'
        '--max-upload[Refuse uploads of more than <size>.]:max-upload:'
        '--max-files[Refuse uploads of more than <n> files.]:max-files:'
        '(-j --jobs)'{-j,--jobs}'[Run up to <n> jobs at once; by default one for each core.]:jobs:'
        '--max-queued[Let up to <n> jobs wait.]:max-queued:'
        '--keep[Keep finished jobs for <time>\: results, logs, proofs.]:keep:'
        '--max-disk[Take nothing more once content and logs hold <size>.]:max-disk:'
        '--min-free[Take nothing more where less than <size> of the disk is free.]:min-free:'
        '--drain-timeout[Let running jobs go on for <time> when the node is to stop.]:drain-timeout:'
        '--registry[Be a registry\: keep the signed descriptors of nodes, and find them for others.]'
        '--max-nodes[Keep up to <n> nodes in the registry.]:max-nodes:'
        '--keep-nodes[Forget a node <time> after its descriptor was signed, unless a newer one came.]:keep-nodes:'
        '--claim[Claim jobs of the marketplace, run them, commit, open, and see that all are paid.]'
        '--max-open[Let up to <n> claims lack a commitment.]:max-open:'
        '--confirmations[Claim what <n> blocks hold; show a result when as many blocks hold its opening.]:confirmations:'
        '--reserve[End a run <time> before its commitment must be made, or a quarter of the window.]:reserve:'
        '--from-block[Look for jobs from block <n> on at the first start; by itself the last 50000.]:from-block:'
        '*'{--rpc-url,--rpc}'[Reach the chain'\''s node at <url>; may be given again, for others to ask where it fails.]:rpc-url:'
        '--chain[Speak to the chain with this <id> and to no other.]:chain:'
        '--tip[Offer a tip of <amount> for each unit of gas.]:tip:'
        '--max-fee[Pay <amount> at most for each unit of gas.]:max-fee:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
        '--price[Take <price> at least, such as gpu=0.5ETH/h,cpu=0.1ETH/h; that of the descriptor by itself.]:price:'
        '--min-share[Take a share of <amount> at least, such as 0.01ETH.]:min-share:'
        '--gas[Have a share cover <n> units of gas at their present price (420000).]:gas:'
        '*--token[Be paid in <token>\: ETH, or ADDRESS\[\:SHARE\] with the least share in its smallest unit; may be given again.]:token:'
        '--max-bond[Risk a bond of <amount> at most; whatever stake is free by itself.]:max-bond:'
        '--margin[Want a commit window that is longer than the job'\''s timeout by <duration> (5m).]:margin:'
        '--min-open[Want an open window of <duration> at least (2m).]:min-open:'
        '--max-hold[Have claim and commit windows of <duration> at most (1d).]:max-hold:'
        '--max-wait[Have open and challenge windows of <duration> at most (7d).]:max-wait:'
        '--unpinned[Take jobs for GPUs on whose result several nodes must agree.]'
        '--max-content[Take code and inputs of <size> at most (4GiB).]:max-content:'
        '--content-wait[Wait <duration> for content that nobody has yet (2m).]:content-wait:'
        '*--gateway[Fetch content from the IPFS gateway <url>, too; may be given again.]:gateway:'
        '--inventory[Take the GPUs from <file>\: JSON Lines with '\''gpu'\''; by itself those of the descriptor.]:inventory:_files'
        '--descriptor[Take GPUs and price from the descriptor in <file>; by itself from the registered one.]:descriptor:_files'
        '--sandbox[How to confine jobs\: bubblewrap, or none for jobs that are trusted.]:sandbox:'
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
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

_sr-node_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--endpoint[Ask the node at <url>, where none is named.]:endpoint:'
        '--metrics[Add the node'\''s numbers in Prometheus'\'' text format, as '\''metrics'\''.]'
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
        '*:nodes:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-node_drain() {
    local -i ret=1
    local -ar arg_specs=(
        '--async[Return as soon as the node takes nothing any more.]'
        '--timeout[Wait for the end for <time> at most; the node goes on to it by itself.]:timeout:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-node_describe() {
    local -i ret=1
    local -ar arg_specs=(
        '--inventory[Take the GPUs from <file>\: JSON Lines with '\''gpu'\''; - is standard input.]:inventory:_files'
        '--price[Take <price> for an hour, such as gpu=0.5ETH/h,cpu=0.1ETH/h.]:price:'
        '--region[Stand in <region>, such as us-east-1.]:region:'
        '--endpoint[Be reached at <url>; without it the node serves nobody.]:endpoint:'
        '--storage[Offer <size> for content, not all that is free.]:storage:'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-node_match() {
    local -i ret=1
    local -ar arg_specs=(
        '--keep[Let out what does not match, too, with the reason in '\''match'\''.]'
        '--price[Take <price> at least, such as gpu=0.5ETH/h,cpu=0.1ETH/h; that of the descriptor by itself.]:price:'
        '--min-share[Take a share of <amount> at least, such as 0.01ETH.]:min-share:'
        '--gas[Have a share cover <n> units of gas at their present price (420000).]:gas:'
        '*--token[Be paid in <token>\: ETH, or ADDRESS\[\:SHARE\] with the least share in its smallest unit; may be given again.]:token:'
        '--max-bond[Risk a bond of <amount> at most; whatever stake is free by itself.]:max-bond:'
        '--margin[Want a commit window that is longer than the job'\''s timeout by <duration> (5m).]:margin:'
        '--min-open[Want an open window of <duration> at least (2m).]:min-open:'
        '--max-hold[Have claim and commit windows of <duration> at most (1d).]:max-hold:'
        '--max-wait[Have open and challenge windows of <duration> at most (7d).]:max-wait:'
        '--unpinned[Take jobs for GPUs on whose result several nodes must agree.]'
        '--max-content[Take code and inputs of <size> at most (4GiB).]:max-content:'
        '--content-wait[Wait <duration> for content that nobody has yet (2m).]:content-wait:'
        '*--gateway[Fetch content from the IPFS gateway <url>, too; may be given again.]:gateway:'
        '--inventory[Take the GPUs from <file>\: JSON Lines with '\''gpu'\''; by itself those of the descriptor.]:inventory:_files'
        '--descriptor[Take GPUs and price from the descriptor in <file>; by itself from the registered one.]:descriptor:_files'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
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

_sr-node_publish() {
    local -i ret=1
    local -ar arg_specs=(
        '*--endpoint[Hand it to the node at <url>, not to registered ones; may be given again.]:endpoint:'
        '--copies[Have <n> nodes take it (2); all of --endpoint by itself.]:copies:'
        '--marketplace[Act on the JobMarketplace at <address>, not on the one registered by that name.]:address:'
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

_sr-node_doctor() {
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

_sr-node_register() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--stake[Stake <amount>, such as 1ETH; the registry'\''s minimum by itself.]:stake:'
        '--owner[Have the pay and the stake go to <address>; to the node'\''s own account by itself.]:owner:'
        '--pool[Speak to the pool at <url>, not to the chain.]:pool:'
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
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-node_complete "${___fees[@]}"}'
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

_sr-node_update() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--pool[Speak to the pool at <url>, not to the chain.]:pool:'
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
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-node_complete "${___fees[@]}"}'
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

_sr-node_retire() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '--pool[Speak to the pool at <url>, not to the chain.]:pool:'
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
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-node_complete "${___fees[@]}"}'
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
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-node_discover() {
    local -i ret=1
    local -ar arg_specs=(
        '--pool[Look in the pool at <url>, not on the chain.]:pool:'
        '--keep[Let nodes with no good descriptor out too, with '\''error'\''.]'
        '--min-gpus[Leave out nodes with fewer than <n> GPUs that fit.]:min-gpus:'
        '--gpu-type[Leave out nodes without GPUs of <type>, such as a100, or cuda\:40GB\:2,compute>=8.0.]:gpu-type:'
        '--min-memory[Leave out GPUs with less memory than <size>.]:min-memory:'
        '--region[Leave out nodes outside of <region>; us-east-1 is in us-east.]:region:'
        '--max-price[Leave out nodes that take more than <amount> an hour with the GPUs asked for.]:max-price:'
        '--min-reputation[Leave out nodes of whose claims fewer than <n> of 100 ended with the verdict.]:min-reputation:'
        '--probe[Ask each node for its health, and add it with the latency.]'
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
        '*:nodes:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-node_info() {
    local -i ret=1
    local -ar arg_specs=(
        '--pool[Sum up the nodes whose records are in <file>; - is standard input.]:pool:_files'
        '--probe[Ask each node for its health, and add it with the latency.]'
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
        '*:operands:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-node_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sr-node ]]; then
    _sr-node "${@}"
else
    compdef _sr-node sr-node
fi
