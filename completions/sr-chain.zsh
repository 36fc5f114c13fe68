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
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        key|help)
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
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        new|import|list|address)
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
        '--light[Lock it in milliseconds, not a second\: for tests, since it hardly protects.]'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:'
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
        '--private-key-file[Read the key as hexadecimal digits from <file>.]:private-key-file:'
        '--private-key-fd[Read the key as hexadecimal digits from the open file descriptor <n>.]:private-key-fd:'
        '--keystore[Take the key from the V3 keystore <file>.]:keystore:'
        '--light[Lock it in milliseconds, not a second\: for tests, since it hardly protects.]'
        '--passphrase-file[Read the passphrase from <file>; a newline at its end is not part of it.]:passphrase-file:'
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
