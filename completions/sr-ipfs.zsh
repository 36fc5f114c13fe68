#compdef sr-ipfs

__sr-ipfs_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sr-ipfs_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sr-ipfs_complete "${completions[@]:0:-1}"
    fi
}

__sr-ipfs_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sr-ipfs() {
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
            'add:Put files and directories into the repository.'
            'cat:Write the content of files to stdout.'
            'get:Write files and directories to disk.'
            'ls:List the entries of directories.'
            'stat:Tell what content is, and, where asked, of which blocks it is made.'
            'pin:Say what is kept: here, by a Kubo node or by pinning services.'
            'replicate:Have Kubo nodes, repositories and archives hold content, and look that each does.'
            'providers:Tell who says that he has content.'
            'export:Write content as a CAR: all its blocks in one file.'
            'import:Put the blocks of CARs into the repository.'
            'cid:Take CIDs apart and write them in other forms.'
            'repo:Look after the repository.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|cat|get|ls|stat|pin|replicate|providers|export|import|cid|repo|help)
            "_sr-ipfs_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-ipfs_add() {
    local -i ret=1
    local -ar ___profile=('unixfs-v1-2025' 'kubo-cidv1' 'unixfs-v0-2015')
    local -ar arg_specs=(
        '(-r --recursive)'{-r,--recursive}'[Take directories, with all below them.]'
        '(-n --only-hash)'{-n,--only-hash}'[Compute CIDs only; write nothing.]'
        '--pin[Keep what is added through sr-ipfs repo gc, the default, or not, with =false.]:pin:'
        '(-w --wrap)'{-w,--wrap}'[Put what is added into a directory, under its name.]'
        '--stdin-name[Give the content of standard input this <name>.]:stdin-name:'
        '--dereference-args[Follow the symbolic links that are named themselves.]'
        '(-H --hidden)'{-H,--hidden}'[Take in names that begin with a dot.]'
        '*--ignore[Leave out what matches <pattern>, a line of gitignore; may be repeated.]:ignore:'
        '--ignore-rules-path[Leave out what the lines of <file> say, in the grammar of gitignore.]:ignore-rules-path:_files'
        '--empty-dirs[Take in empty directories or, with =false, none.]:empty-dirs:'
        '--dereference-symlinks[Take what symbolic links lead to, everywhere.]'
        '--profile[Import by <profile>\: unixfs-v1-2025, kubo-cidv1 or unixfs-v0-2015.]:profile:{__sr-ipfs_complete "${___profile[@]}"}'
        '--cid-version[Make CIDs of <version> 0 or 1; 1 implies raw leaves.]:cid-version:'
        '--hash[Hash blocks by <function>\: sha2-256, the only one.]:hash:'
        '--raw-leaves[Make each chunk a block as it is, or, with =false, a wrapped one.]:raw-leaves:'
        '(-s --chunker)'{-s,--chunker}'[Cut files by <chunker>\: size-N, buzhash, rabin, rabin-AVG or rabin-MIN-AVG-MAX.]:chunker:'
        '(--trickle -t)'{--trickle,-t}'[Lay files out for reading from the beginning.]'
        '--max-file-links[Put at most <n> links into a node of a file.]:max-file-links:'
        '--max-directory-links[Spread a directory of more than <n> entries over several blocks.]:max-directory-links:'
        '--max-hamt-fanout[Give each block of a directory that is spread <n> places\: a power of two.]:max-hamt-fanout:'
        '--inline[Put small blocks into their CIDs.]'
        '--inline-limit[Put blocks of up to <n> bytes into their CIDs, with --inline.]:inline-limit:'
        '--preserve-mode[Keep the permissions of files and directories.]'
        '--preserve-mtime[Keep the times at which files, directories and links were changed.]'
        '--mode[Give files and directories these permissions\: octal, as 0644.]:mode:'
        '--mtime[Give everything this time of change\: <seconds> since 1970.]:mtime:'
        '--mtime-nsecs[Add so many <nanoseconds> to --mtime.]:mtime-nsecs:'
        '*--to[Have <store> hold it, too\: the Kubo node at an address, or api for the usual one; a new archive, <name>.car; a repository'\''s <folder>/. May be repeated.]:to:_files'
        '*--remote[Speak to the pinning service <name>; several may be given.]:remote:'
        '*--origin[Tell the service of a peer that has the content\: <multiaddr>; up to 20.]:origin:'
        '*--meta[Have the service keep <key=value> with the pin.]:meta:'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_cat() {
    local -i ret=1
    local -ar arg_specs=(
        '--offset[Begin <size> bytes into each file.]:offset:'
        '--length[Write <size> bytes of each file at most.]:length:'
        '*--from[Fetch what is not here from <source>\: api, gateway, routing, a gateway'\''s or Kubo node'\''s address, a CAR file, or a repository'\''s folder; from nobody with local.]:from:_files'
        '*--gateway[Fetch what is not here from the gateway at <url>.]:gateway:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--private-gateways[Ask gateways in private networks, too, that a router names or a redirect leads to.]'
        '--offline[Ask nobody\: read what is here.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_get() {
    local -i ret=1
    local -ar arg_specs=(
        '(-o --output)'{-o,--output}'[Write to <path>, or into it where it is a directory.]:output:_files'
        '(-a --archive)'{-a,--archive}'[Write a tar; with -o -, to stdout.]'
        '--outside-links[Write symbolic links that lead out of the output, too.]'
        '--max-entries[Write at most <n> files, directories and links of an operand.]:max-entries:'
        '*--from[Fetch what is not here from <source>\: api, gateway, routing, a gateway'\''s or Kubo node'\''s address, a CAR file, or a repository'\''s folder; from nobody with local.]:from:_files'
        '*--gateway[Fetch what is not here from the gateway at <url>.]:gateway:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--private-gateways[Ask gateways in private networks, too, that a router names or a redirect leads to.]'
        '--offline[Ask nobody\: read what is here.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_ls() {
    local -i ret=1
    local -ar arg_specs=(
        '--resolve-type[Look at each entry'\''s own block, or, with =false, tell only names.]:resolve-type:'
        '*--from[Fetch what is not here from <source>\: api, gateway, routing, a gateway'\''s or Kubo node'\''s address, a CAR file, or a repository'\''s folder; from nobody with local.]:from:_files'
        '*--gateway[Fetch what is not here from the gateway at <url>.]:gateway:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--private-gateways[Ask gateways in private networks, too, that a router names or a redirect leads to.]'
        '--offline[Ask nobody\: read what is here.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_stat() {
    local -i ret=1
    local -ar arg_specs=(
        '--deep[Go through all blocks below, and count them.]'
        '--max-blocks[With --deep, count at most <n> different blocks.]:max-blocks:'
        '*--from[Fetch what is not here from <source>\: api, gateway, routing, a gateway'\''s or Kubo node'\''s address, a CAR file, or a repository'\''s folder; from nobody with local.]:from:_files'
        '*--gateway[Fetch what is not here from the gateway at <url>.]:gateway:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--private-gateways[Ask gateways in private networks, too, that a router names or a redirect leads to.]'
        '--offline[Ask nobody\: read what is here.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_pin() {
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
            'add:Keep content, fetching what is not here.'
            'rm:Keep content no longer.'
            'list:Tell what is kept, and why.'
            'wait:Wait until pinning services keep content.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|rm|list|wait)
            "_sr-ipfs_pin_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-ipfs_pin_add() {
    local -i ret=1
    local -ar arg_specs=(
        '--recursive[Keep all that a CID leads to, the default, or, with =false, its block alone.]:recursive:'
        '--name[Call the pins <name>; an empty one takes a name away.]:name:'
        '--replace[Have the service put the content in the place of what its <request> is for.]:replace:'
        '*--remote[Speak to the pinning service <name>; several may be given.]:remote:'
        '*--origin[Tell the service of a peer that has the content\: <multiaddr>; up to 20.]:origin:'
        '*--meta[Have the service keep <key=value> with the pin.]:meta:'
        '*--from[Fetch what is not here from <source>\: api, gateway, routing, a gateway'\''s or Kubo node'\''s address, a CAR file, or a repository'\''s folder; from nobody with local.]:from:_files'
        '*--gateway[Fetch what is not here from the gateway at <url>.]:gateway:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--private-gateways[Ask gateways in private networks, too, that a router names or a redirect leads to.]'
        '--offline[Ask nobody\: read what is here.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_pin_rm() {
    local -i ret=1
    local -ar arg_specs=(
        '*--remote[Speak to the pinning service <name>; several may be given.]:remote:'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
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

_sr-ipfs_pin_list() {
    local -i ret=1
    local -ar ___type=('recursive' 'direct' 'indirect' 'all')
    local -ar ___status=('queued' 'pinning' 'pinned' 'failed')
    local -ar ___match=('exact' 'iexact' 'partial' 'ipartial')
    local -ar arg_specs=(
        '--type[Only pins of <type> recursive, direct or indirect; all three with all.]:type:{__sr-ipfs_complete "${___type[@]}"}'
        '--name[Only pins that have <name> in their names.]:name:'
        '*--status[Only requests that stand so\: <status> queued, pinning, pinned or failed.]:status:{__sr-ipfs_complete "${___status[@]}"}'
        '--match[Compare names by <way>\: exact, iexact, partial or ipartial.]:match:{__sr-ipfs_complete "${___match[@]}"}'
        '*--meta[Only requests with which <key=value> is kept.]:meta:'
        '*--remote[Speak to the pinning service <name>; several may be given.]:remote:'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
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

_sr-ipfs_pin_wait() {
    local -i ret=1
    local -ar arg_specs=(
        '*--remote[Speak to the pinning service <name>; several may be given.]:remote:'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_replicate() {
    local -i ret=1
    local -ar arg_specs=(
        '*--to[Have <store> hold it\: the Kubo node at an address, or api for the usual one; a new archive, <name>.car; a repository'\''s <folder>/. May be repeated.]:to:_files'
        '--prove[Fetch every block back from each node, and hold it against its CID.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_providers() {
    local -i ret=1
    local -ar arg_specs=(
        '--limit[Tell of at most <n> providers of each (20).]:limit:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
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

_sr-ipfs_export() {
    local -i ret=1
    local -ar ___dag_scope=('all' 'entity' 'block')
    local -ar arg_specs=(
        '(-o --output)'{-o,--output}'[Write to <path>, or, where it is a directory, into it as <cid>.car.]:output:_files'
        '--dag-scope[Write a part, behind the blocks on the way to it\: all below, entity (a file, or what lists a directory) or block.]:dag-scope:{__sr-ipfs_complete "${___dag_scope[@]}"}'
        '--entity-bytes[Of a file take the bytes <from\:to> only, the last one included; * is the end.]:entity-bytes:'
        '*--from[Fetch what is not here from <source>\: api, gateway, routing, a gateway'\''s or Kubo node'\''s address, a CAR file, or a repository'\''s folder; from nobody with local.]:from:_files'
        '*--gateway[Fetch what is not here from the gateway at <url>.]:gateway:'
        '*--routing[Ask the router at <url> who has what.]:routing:'
        '--private-gateways[Ask gateways in private networks, too, that a router names or a redirect leads to.]'
        '--offline[Ask nobody\: read what is here.]'
        '--api[Speak to the Kubo node at <address>\: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.]:api:'
        '--api-auth[Read what the Kubo node wants to be told of us from <file>\: bearer\:<token> or basic\:<user>\:<password>.]:api-auth:_files'
        '--api-auth-http[Tell it over plain http, too, to a node that is not on this machine.]'
        '--timeout[Give up on a record after <duration>.]:timeout:'
        '--idle-timeout[Give up on a connection that is silent for <duration> (60s).]:idle-timeout:'
        '--retries[Repeat a request that may be repeated up to <n> times (4).]:retries:'
        '--rate[Send a node at most <n/s\[\:burst\]> requests.]:rate:'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_import() {
    local -i ret=1
    local -ar arg_specs=(
        '--pin[Keep the roots with all that they lead to, the default, or not, with =false.]:pin:'
        '--partial[Take archives that lack blocks of their roots'\'' DAGs; such roots are not pinned.]'
        '--stats[Tell how many blocks and bytes the archive had, in the member "stats".]'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
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

_sr-ipfs_cid() {
    local -i ret=1
    local -ar arg_specs=(
        '--base[Write in <base>\: its name or its prefix, as base36 or k.]:base:'
        '--to-version[Turn into <version> 0 or 1.]:to-version:'
        '--codec[Have the block read as <codec>\: its name or its number, as raw or 0x55.]:codec:'
        '--verify[Tell whether the bytes of <file> are the block that is named.]:verify:_files'
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

_sr-ipfs_repo() {
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
            'stat:Tell how large the repository is.'
            'gc:Remove what is not pinned.'
            'verify:Hash every block; name those that are damaged.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        stat|gc|verify)
            "_sr-ipfs_repo_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-ipfs_repo_stat() {
    local -i ret=1
    local -ar arg_specs=(
        '--reclaimable[Tell, too, what a sweep would give back; takes as long as repo gc --dry-run.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-ipfs_repo_gc() {
    local -i ret=1
    local -ar arg_specs=(
        '--dry-run[Tell what would go; remove nothing.]'
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-ipfs_repo_verify() {
    local -i ret=1
    local -ar arg_specs=(
        '--progress[Append events of what is done to <file>, JSON Lines; - is stderr.]:progress:_files'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-ipfs_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sr-ipfs ]]; then
    _sr-ipfs "${@}"
else
    compdef _sr-ipfs sr-ipfs
fi
