#compdef sr-gpu

__sr-gpu_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sr-gpu_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sr-gpu_complete "${completions[@]:0:-1}"
    fi
}

__sr-gpu_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sr-gpu() {
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
            'list:Tell what GPUs are here: a record with '\''gpu'\'' for each.'
            'match:Tell which GPUs here satisfy a requirement, or a job'\''s.'
            'watch:Tell how the GPUs fare: a record with '\''sample'\'' for each, again and again.'
            'bench:Measure how fast the GPUs are: a record with '\''bench'\'' for each test.'
            'attest:Show that the GPUs have the memory they tell of, or verify what shows it.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        list|match|watch|bench|attest|help)
            "_sr-gpu_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sr-gpu_list() {
    local -i ret=1
    local -ar ___backend=('cuda' 'opencl')
    local -ar arg_specs=(
        '--backend[Look through <backend> alone\: cuda or opencl.]:backend:{__sr-gpu_complete "${___backend[@]}"}'
        '--cpu[Take in the machine'\''s own processors, where OpenCL drives them.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-gpu_match() {
    local -i ret=1
    local -ar ___backend=('cuda' 'opencl')
    local -ar arg_specs=(
        '--requires[Answer for <requirement> alone, and read nothing.]:requires:'
        '--backend[Look through <backend> alone\: cuda or opencl.]:backend:{__sr-gpu_complete "${___backend[@]}"}'
        '--cpu[Take in the machine'\''s own processors, where OpenCL drives them.]'
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

_sr-gpu_watch() {
    local -i ret=1
    local -ar ___backend=('cuda' 'opencl')
    local -ar arg_specs=(
        '--interval[Look every <duration>.]:interval:'
        '--count[End after <n> looks.]:count:'
        '--prometheus[Write the last look to <file>, too, for Prometheus'\''s textfile collector.]:prometheus:_files'
        '--backend[Look through <backend> alone\: cuda or opencl.]:backend:{__sr-gpu_complete "${___backend[@]}"}'
        '--cpu[Take in the machine'\''s own processors, where OpenCL drives them.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-gpu_bench() {
    local -i ret=1
    local -ar ___backend=('cuda' 'opencl')
    local -ar arg_specs=(
        '--tests[Run <tests> alone\: names or groups with commas between, such as memory,fp32.]:tests:'
        '--seconds[Take samples of each test for <duration>, and warm up for as long at most.]:seconds:'
        '--samples[Write a record for each sample, not one for each test.]'
        '--plot[Draw what was measured to <file>, an SVG.]:plot:_files'
        '--backend[Look through <backend> alone\: cuda or opencl.]:backend:{__sr-gpu_complete "${___backend[@]}"}'
        '--cpu[Take in the machine'\''s own processors, where OpenCL drives them.]'
        '(-q --quiet)'{-q,--quiet}'[Say nothing on stderr but errors.]'
        '(-v --verbose)'{-v,--verbose}'[Explain on stderr what is done.]'
        '*:gpus:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-gpu_attest() {
    local -i ret=1
    local -ar ___backend=('cuda' 'opencl')
    local -ar arg_specs=(
        '--seed[The verifier'\''s <seed>\: 64 hexadecimal digits.]:seed:'
        '--verify[Verify the records on standard input.]'
        '--any-seed[With --verify\: take a record for any seed, an old one, too.]'
        '--memory[Fill <size> of the memory; with --verify, demand so much, not three quarters of it.]:memory:'
        '--openings[Open <n> cells, of 64 to 1024; with --verify, demand so many.]:openings:'
        '--within[With --verify\: refuse what comes later than <duration> after the start.]:within:'
        '*--signed-by[With --verify\: accept what <address> signed alone; may be given more than once.]:signed-by:'
        '--backend[Look through <backend> alone\: cuda or opencl.]:backend:{__sr-gpu_complete "${___backend[@]}"}'
        '--cpu[Take in the machine'\''s own processors, where OpenCL drives them.]'
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
        '*:gpus:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sr-gpu_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sr-gpu ]]; then
    _sr-gpu "${@}"
else
    compdef _sr-gpu sr-gpu
fi
