#compdef sr-job

__sr-job_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sr-job_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sr-job_complete "${completions[@]:0:-1}"
    fi
}

__sr-job_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sr-job() {
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
            'new:Make a job record from a file, a folder, a text or a repository.'
            'set:Amend the jobs of the records on stdin.'
            'estimate:Tell what jobs would cost at most, by node and in gas, and add '\''estimate'\''.'
            'submit:Hand the job of each record to a node, or to several, and add '\''run'\''.'
            'run:Run the job of each record to its end: post, wait, verify, pay, and fetch its files.'
            'status:Ask where jobs stand, and bring '\''run'\'' up to date.'
            'logs:Write a job'\''s output: its stdout to stdout, its stderr to stderr, byte for byte.'
            'wait:Follow jobs to their end, fetch outputs and proofs, and add '\''result'\'' and '\''proofs'\''.'
            'cancel:End jobs that are queued or running.'
            'outputs:List the files that jobs made: a record with '\''output'\'' a file.'
            'get:Write the files that jobs made to a folder.'
            'list:List the jobs submitted from here, each with its last known state.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        new|set|estimate|submit|run|status|logs|wait|cancel|outputs|get|list|help)
            "_sr-job_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-job_new() {
    local -i ret=1
    local -ar arg_specs=(
        '*:paths:_files'
        '--code[Run <text> itself as the job'\''s script.]:code:'
        '--repository[Clone the job'\''s sources from <url> (https, ssh, file).]:repository:'
        '--ref[Check out <ref>\: a branch, tag or commit of --repository.]:ref:'
        '--entrypoint[Run this file of the sources.]:entrypoint:_files'
        '--interpreter[Run the entrypoint by <program>; `none` runs it by itself.]:interpreter:'
        '--gpu[Ask for GPUs\: TYPE\[\:MEMORY\[\:COUNT\]\]\[,compute>=X.Y\].]:gpu:'
        '--memory[Limit memory to <size>, such as 512MiB (by default 1GiB).]:memory:'
        '--timeout[Limit the run to <duration>, such as 10m (by default 10m).]:timeout:'
        '*--env[Set an environment variable; may be repeated.]:k=v:'
        '*--arg[Pass <arg> to the job; may be repeated.]:arg:'
        '--payment[Pay <amount>, such as 0.1ETH; in --token'\''s smallest unit where one is given.]:payment:'
        '--token[Pay in the ERC-20 at <address>.]:token:'
        '--consensus[Have nodes agree\: none, low, medium, high or K-of-N (by default none).]:consensus:'
        '*--outputs[Keep files that match <glob> as the result; @stdout is the output; may be repeated.]:outputs:'
        '*--input[Bind content beside the job'\''s files; may be repeated.]:cid\[\:name\]:'
        '--network[Let the job use the network.]'
        '--no-network[Let the job use the network.]'
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

_sr-job_set() {
    local -i ret=1
    local -ar arg_specs=(
        '*--unset[Take back gpu, payment, outputs, args, inputs, env or env.NAME; may be repeated.]:member:'
        '--code[Run <text> itself as the job'\''s script.]:code:'
        '--repository[Clone the job'\''s sources from <url> (https, ssh, file).]:repository:'
        '--ref[Check out <ref>\: a branch, tag or commit of --repository.]:ref:'
        '--entrypoint[Run this file of the sources.]:entrypoint:_files'
        '--interpreter[Run the entrypoint by <program>; `none` runs it by itself.]:interpreter:'
        '--gpu[Ask for GPUs\: TYPE\[\:MEMORY\[\:COUNT\]\]\[,compute>=X.Y\].]:gpu:'
        '--memory[Limit memory to <size>, such as 512MiB (by default 1GiB).]:memory:'
        '--timeout[Limit the run to <duration>, such as 10m (by default 10m).]:timeout:'
        '*--env[Set an environment variable; may be repeated.]:k=v:'
        '*--arg[Pass <arg> to the job; may be repeated.]:arg:'
        '--payment[Pay <amount>, such as 0.1ETH; in --token'\''s smallest unit where one is given.]:payment:'
        '--token[Pay in the ERC-20 at <address>.]:token:'
        '--consensus[Have nodes agree\: none, low, medium, high or K-of-N (by default none).]:consensus:'
        '*--outputs[Keep files that match <glob> as the result; @stdout is the output; may be repeated.]:outputs:'
        '*--input[Bind content beside the job'\''s files; may be repeated.]:cid\[\:name\]:'
        '--network[Let the job use the network.]'
        '--no-network[Let the job use the network.]'
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

_sr-job_estimate() {
    local -i ret=1
    local -ar arg_specs=(
        '--pool[Ask for the prices of the nodes of <file>, not of those registered.]:pool:_files'
        '--price[Reckon with <price> for all nodes, such as gpu=0.5ETH/h,cpu=0.1ETH/h.]:price:'
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

_sr-job_submit() {
    local -i ret=1
    local -ar arg_specs=(
        '--node[Refuse a node that is not <address>.]:node:'
        '--pool[Choose among the nodes of <file>, as '\''sr-node discover'\'' writes it.]:pool:_files'
        '--redundancy[Have <n> nodes of the pool run the job; by default as its consensus says.]:redundancy:'
        '--nodes[Hand the content of a job in escrow to <n> nodes at most (16).]:nodes:'
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_run() {
    local -i ret=1
    local -ar ___fees=('slow' 'standard' 'fast' 'custom')
    local -ar arg_specs=(
        '(-o --output)'{-o,--output}'[Write the files that jobs made into the folder <path>.]:output:_files -/'
        '--endpoint[Run a job without payment on the node at <url>.]:endpoint:'
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
        '--fees[How much to offer for gas\: slow, standard, fast or custom (standard).]:fees:{__sr-job_complete "${___fees[@]}"}'
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

_sr-job_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_logs() {
    local -i ret=1
    local -ar arg_specs=(
        '(-f --follow)'{-f,--follow}'[Go on until the job is over.]'
        '--node[Of several nodes, ask the one that is <address>.]:node:'
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_wait() {
    local -i ret=1
    local -ar arg_specs=(
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_cancel() {
    local -i ret=1
    local -ar arg_specs=(
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_outputs() {
    local -i ret=1
    local -ar arg_specs=(
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_get() {
    local -i ret=1
    local -ar arg_specs=(
        '(-o --output)'{-o,--output}'[Write into the folder <path>; by default into one named by the job'\''s id.]:output:_files -/'
        '--endpoint[Reach the node at <url>; a record'\''s own '\''run'\'' goes before it.]:endpoint:'
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

_sr-job_list() {
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

_sr-job_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sr-job ]]; then
    _sr-job "${@}"
else
    compdef _sr-job sr-job
fi
