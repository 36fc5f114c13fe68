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
            'describe:Describe this machine as a node: a record with '\''node'\''.'
            'doctor:Check all that running jobs needs: a record a check, with a hint for what fails.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        exec|describe|doctor|help)
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

_sr-node_describe() {
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
