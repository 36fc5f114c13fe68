#!/bin/bash

__sr-ipfs_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sr-ipfs_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sr-ipfs_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sr-ipfs_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sr-ipfs() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sr-ipfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|cat|get|ls|stat|pin|replicate|providers|export|import|cid|repo|help)
        # Offer subcommand argument completions
        "_sr-ipfs_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add cat get ls stat pin replicate providers export import cid repo help' -- "${cur}"))
        ;;
    esac
}

_sr-ipfs_add() {
    repeating_flags=()
    non_repeating_flags=(-r --recursive -n --only-hash -w --wrap --dereference-args -H --hidden --dereference-symlinks --trickle -t --inline --preserve-mode --preserve-mtime --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--ignore --to --remote --origin --meta)
    non_repeating_options=(--pin --stdin-name --ignore-rules-path --empty-dirs --profile --cid-version --hash --raw-leaves -s --chunker --max-file-links --max-directory-links --max-hamt-fanout --inline-limit --mode --mtime --mtime-nsecs --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--pin')
        return
        ;;
    '--stdin-name')
        return
        ;;
    '--ignore')
        return
        ;;
    '--ignore-rules-path')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--empty-dirs')
        return
        ;;
    '--profile')
        __sr-ipfs_add_completions -W 'unixfs-v1-2025'$'\n''kubo-cidv1'$'\n''unixfs-v0-2015'
        return
        ;;
    '--cid-version')
        return
        ;;
    '--hash')
        return
        ;;
    '--raw-leaves')
        return
        ;;
    '-s'|'--chunker')
        return
        ;;
    '--max-file-links')
        return
        ;;
    '--max-directory-links')
        return
        ;;
    '--max-hamt-fanout')
        return
        ;;
    '--inline-limit')
        return
        ;;
    '--mode')
        return
        ;;
    '--mtime')
        return
        ;;
    '--mtime-nsecs')
        return
        ;;
    '--to')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--remote')
        return
        ;;
    '--origin')
        return
        ;;
    '--meta')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sr-ipfs_add_completions -f
        return
        ;;
    esac
}

_sr-ipfs_cat() {
    repeating_flags=()
    non_repeating_flags=(--private-gateways --offline --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--from --gateway --routing)
    non_repeating_options=(--offset --length --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--offset')
        return
        ;;
    '--length')
        return
        ;;
    '--from')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--gateway')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_get() {
    repeating_flags=()
    non_repeating_flags=(-a --archive --outside-links --private-gateways --offline --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--from --gateway --routing)
    non_repeating_options=(-o --output --max-entries --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--max-entries')
        return
        ;;
    '--from')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--gateway')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_ls() {
    repeating_flags=()
    non_repeating_flags=(--private-gateways --offline --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--from --gateway --routing)
    non_repeating_options=(--resolve-type --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--resolve-type')
        return
        ;;
    '--from')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--gateway')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_stat() {
    repeating_flags=()
    non_repeating_flags=(--deep --private-gateways --offline --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--from --gateway --routing)
    non_repeating_options=(--max-blocks --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--max-blocks')
        return
        ;;
    '--from')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--gateway')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_pin() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-ipfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|rm|list|wait)
        # Offer subcommand argument completions
        "_sr-ipfs_pin_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add rm list wait' -- "${cur}"))
        ;;
    esac
}

_sr-ipfs_pin_add() {
    repeating_flags=()
    non_repeating_flags=(--private-gateways --offline --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--remote --origin --meta --from --gateway --routing)
    non_repeating_options=(--recursive --name --replace --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--recursive')
        return
        ;;
    '--name')
        return
        ;;
    '--replace')
        return
        ;;
    '--remote')
        return
        ;;
    '--origin')
        return
        ;;
    '--meta')
        return
        ;;
    '--from')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--gateway')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_pin_rm() {
    repeating_flags=()
    non_repeating_flags=(--api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--remote)
    non_repeating_options=(--api --api-auth --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--remote')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_pin_list() {
    repeating_flags=()
    non_repeating_flags=(--api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--status --meta --remote)
    non_repeating_options=(--type --name --match --api --api-auth --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--type')
        __sr-ipfs_add_completions -W 'recursive'$'\n''direct'$'\n''indirect'$'\n''all'
        return
        ;;
    '--name')
        return
        ;;
    '--status')
        __sr-ipfs_add_completions -W 'queued'$'\n''pinning'$'\n''pinned'$'\n''failed'
        return
        ;;
    '--match')
        __sr-ipfs_add_completions -W 'exact'$'\n''iexact'$'\n''partial'$'\n''ipartial'
        return
        ;;
    '--meta')
        return
        ;;
    '--remote')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_pin_wait() {
    repeating_flags=()
    non_repeating_flags=(--unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--remote)
    non_repeating_options=(--timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--remote')
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_replicate() {
    repeating_flags=()
    non_repeating_flags=(--prove --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--to)
    non_repeating_options=(--api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--to')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_providers() {
    repeating_flags=()
    non_repeating_flags=(--api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--routing)
    non_repeating_options=(--limit --api --api-auth --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--limit')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_export() {
    repeating_flags=()
    non_repeating_flags=(--private-gateways --offline --api-auth-http --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--from --gateway --routing)
    non_repeating_options=(-o --output --dag-scope --entity-bytes --api --api-auth --timeout --idle-timeout --retries --rate --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--dag-scope')
        __sr-ipfs_add_completions -W 'all'$'\n''entity'$'\n''block'
        return
        ;;
    '--entity-bytes')
        return
        ;;
    '--from')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--gateway')
        return
        ;;
    '--routing')
        return
        ;;
    '--api')
        return
        ;;
    '--api-auth')
        __sr-ipfs_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--rate')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_import() {
    repeating_flags=()
    non_repeating_flags=(--partial --stats --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--pin --progress -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--pin')
        return
        ;;
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sr-ipfs_add_completions -f
        return
        ;;
    esac
}

_sr-ipfs_cid() {
    repeating_flags=()
    non_repeating_flags=(--unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--base --to-version --codec --verify -j --jobs)
    __sr-ipfs_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--base')
        return
        ;;
    '--to-version')
        return
        ;;
    '--codec')
        return
        ;;
    '--verify')
        __sr-ipfs_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-ipfs_repo() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-ipfs_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    stat|gc|verify)
        # Offer subcommand argument completions
        "_sr-ipfs_repo_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'stat gc verify' -- "${cur}"))
        ;;
    esac
}

_sr-ipfs_repo_stat() {
    repeating_flags=()
    non_repeating_flags=(--reclaimable -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-ipfs_offer_flags_options 0
}

_sr-ipfs_repo_gc() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--progress)
    __sr-ipfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    esac
}

_sr-ipfs_repo_verify() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--progress)
    __sr-ipfs_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--progress')
        __sr-ipfs_add_completions -f
        return
        ;;
    esac
}

_sr-ipfs_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sr-ipfs_offer_flags_options -1
}

complete -o filenames -F _sr-ipfs sr-ipfs
