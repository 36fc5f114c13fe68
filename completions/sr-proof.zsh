#compdef sr-proof

__sr-proof_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sr-proof_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sr-proof_complete "${completions[@]:0:-1}"
    fi
}

__sr-proof_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sr-proof() {
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
            'build:Make a signed proof of each record'\''s run, and add it to '\''proofs'\''.'
            'verify:Judge each proof of a record by named checks, and add '\''verdict'\''.'
            'consensus:Judge whether enough nodes agree on a result, and complete '\''verdict'\''.'
            'show:Show what a proof file holds, or each proof of a record, in '\''proof'\''.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        build|verify|consensus|show|help)
            "_sr-proof_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-proof_build() {
    local -i ret=1
    local -ar arg_specs=(
        '--key[Sign with the key <name>, or with the keystore file at a path that has a slash.]:key:_files'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:_files'
        '--passphrase-fd[Read the passphrase from the open file descriptor <n>.]:passphrase-fd:'
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

_sr-proof_verify() {
    local -i ret=1
    local -ar arg_specs=(
        '*--signed-by[Accept proofs signed by <address> alone; may be given more than once.]:signed-by:'
        '--key[Where the record names no nodes, accept our own key <name>.]:key:_files'
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

_sr-proof_consensus() {
    local -i ret=1
    local -ar ___strategy=('k-of-n' 'majority-rule' 'fastest-wins' 'byzantine-fault-tolerant')
    local -ar arg_specs=(
        '--quorum[How many must agree\: <k>-of-<n>, or none, low, medium, high; else job.consensus.]:quorum:'
        '--strategy[The rule by which votes become a result.]:strategy:{__sr-proof_complete "${___strategy[@]}"}'
        '--group[Judge the records of each specification together; one comes out for each.]'
        '--unverified[Take each node'\''s word, whether its proof was judged or not.]'
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

_sr-proof_show() {
    local -i ret=1
    local -ar arg_specs=(
        '--trace[Print the lines of the trace instead, each as a record; a trace may be unfinished.]'
        '(-j --jobs)'{-j,--jobs}'[Work on up to <n> records at once.]:jobs:'
        '--unordered[Let records out as they are done, not in the order of the input.]'
        '--fail-fast[Read no more after the first failure; finish what is in hand.]'
        '(-0 --null)'{-0,--null}'[Input items end with NUL, not newline.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:proof:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-proof_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sr-proof ]]; then
    _sr-proof "${@}"
else
    compdef _sr-proof sr-proof
fi
