#!/bin/bash

__sr-node_cursor_index_in_current_word() {
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
__sr-node_offer_flags_options() {
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

__sr-node_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sr-node_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sr-node() {
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
    __sr-node_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    exec|serve|status|drain|describe|match|publish|doctor|register|update|retire|discover|info|help)
        # Offer subcommand argument completions
        "_sr-node_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'exec serve status drain describe match publish doctor register update retire discover info help' -- "${cur}"))
        ;;
    esac
}

_sr-node_exec() {
    repeating_flags=()
    non_repeating_flags=(--unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--sandbox -j --jobs)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--sandbox')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-node_serve() {
    repeating_flags=()
    non_repeating_flags=(--registry --claim --unpinned -q --quiet -v --verbose --version -h --help)
    repeating_options=(--host-name --rpc-url --rpc --token --gateway)
    non_repeating_options=(--listen --max-connections --header-timeout --idle-timeout --max-upload --max-files -j --jobs --max-queued --keep --max-disk --min-free --drain-timeout --max-nodes --keep-nodes --max-open --confirmations --reserve --from-block --chain --tip --max-fee --marketplace --price --min-share --gas --max-bond --margin --min-open --max-hold --max-wait --max-content --content-wait --inventory --descriptor --sandbox --key --passphrase-file --passphrase-fd)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--listen')
        return
        ;;
    '--host-name')
        return
        ;;
    '--max-connections')
        return
        ;;
    '--header-timeout')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--max-upload')
        return
        ;;
    '--max-files')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--max-queued')
        return
        ;;
    '--keep')
        return
        ;;
    '--max-disk')
        return
        ;;
    '--min-free')
        return
        ;;
    '--drain-timeout')
        return
        ;;
    '--max-nodes')
        return
        ;;
    '--keep-nodes')
        return
        ;;
    '--max-open')
        return
        ;;
    '--confirmations')
        return
        ;;
    '--reserve')
        return
        ;;
    '--from-block')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--chain')
        return
        ;;
    '--tip')
        return
        ;;
    '--max-fee')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--price')
        return
        ;;
    '--min-share')
        return
        ;;
    '--gas')
        return
        ;;
    '--token')
        return
        ;;
    '--max-bond')
        return
        ;;
    '--margin')
        return
        ;;
    '--min-open')
        return
        ;;
    '--max-hold')
        return
        ;;
    '--max-wait')
        return
        ;;
    '--max-content')
        return
        ;;
    '--content-wait')
        return
        ;;
    '--gateway')
        return
        ;;
    '--inventory')
        __sr-node_add_completions -f
        return
        ;;
    '--descriptor')
        __sr-node_add_completions -f
        return
        ;;
    '--sandbox')
        return
        ;;
    '--key')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    esac
}

_sr-node_status() {
    repeating_flags=()
    non_repeating_flags=(--metrics --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--endpoint --marketplace --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--endpoint')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_drain() {
    repeating_flags=()
    non_repeating_flags=(--async -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--timeout)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--timeout')
        return
        ;;
    esac
}

_sr-node_describe() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--inventory --price --region --endpoint --storage)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--inventory')
        __sr-node_add_completions -f
        return
        ;;
    '--price')
        return
        ;;
    '--region')
        return
        ;;
    '--endpoint')
        return
        ;;
    '--storage')
        return
        ;;
    esac
}

_sr-node_match() {
    repeating_flags=()
    non_repeating_flags=(--keep --unpinned --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--token --gateway --rpc-url --rpc)
    non_repeating_options=(--price --min-share --gas --max-bond --margin --min-open --max-hold --max-wait --max-content --content-wait --inventory --descriptor --marketplace --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--price')
        return
        ;;
    '--min-share')
        return
        ;;
    '--gas')
        return
        ;;
    '--token')
        return
        ;;
    '--max-bond')
        return
        ;;
    '--margin')
        return
        ;;
    '--min-open')
        return
        ;;
    '--max-hold')
        return
        ;;
    '--max-wait')
        return
        ;;
    '--max-content')
        return
        ;;
    '--content-wait')
        return
        ;;
    '--gateway')
        return
        ;;
    '--inventory')
        __sr-node_add_completions -f
        return
        ;;
    '--descriptor')
        __sr-node_add_completions -f
        return
        ;;
    '--marketplace')
        return
        ;;
    '--key')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-node_add_completions -f
        return
        ;;
    '--signer-timeout')
        return
        ;;
    '--from')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_publish() {
    repeating_flags=()
    non_repeating_flags=(--no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--endpoint --rpc-url --rpc)
    non_repeating_options=(--copies --marketplace --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--endpoint')
        return
        ;;
    '--copies')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--key')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-node_add_completions -f
        return
        ;;
    '--signer-timeout')
        return
        ;;
    '--from')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_doctor() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-node_offer_flags_options 0
}

_sr-node_register() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--stake --owner --pool --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--stake')
        return
        ;;
    '--owner')
        return
        ;;
    '--pool')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--once')
        return
        ;;
    '--confirmations')
        return
        ;;
    '--patience')
        return
        ;;
    '--nonce')
        return
        ;;
    '--gas')
        return
        ;;
    '--gas-buffer')
        return
        ;;
    '--max-fee-per-gas')
        return
        ;;
    '--type')
        return
        ;;
    '--fees')
        __sr-node_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
        return
        ;;
    '--tip')
        return
        ;;
    '--max-fee')
        return
        ;;
    '--gas-price')
        return
        ;;
    '--key')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-node_add_completions -f
        return
        ;;
    '--signer-timeout')
        return
        ;;
    '--from')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_update() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--pool --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--pool')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--once')
        return
        ;;
    '--confirmations')
        return
        ;;
    '--patience')
        return
        ;;
    '--nonce')
        return
        ;;
    '--gas')
        return
        ;;
    '--gas-buffer')
        return
        ;;
    '--max-fee-per-gas')
        return
        ;;
    '--type')
        return
        ;;
    '--fees')
        __sr-node_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
        return
        ;;
    '--tip')
        return
        ;;
    '--max-fee')
        return
        ;;
    '--gas-price')
        return
        ;;
    '--key')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-node_add_completions -f
        return
        ;;
    '--signer-timeout')
        return
        ;;
    '--from')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_retire() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --no-journal --no-ens -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--pool --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate)
    __sr-node_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--pool')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--once')
        return
        ;;
    '--confirmations')
        return
        ;;
    '--patience')
        return
        ;;
    '--nonce')
        return
        ;;
    '--gas')
        return
        ;;
    '--gas-buffer')
        return
        ;;
    '--max-fee-per-gas')
        return
        ;;
    '--type')
        return
        ;;
    '--fees')
        __sr-node_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
        return
        ;;
    '--tip')
        return
        ;;
    '--max-fee')
        return
        ;;
    '--gas-price')
        return
        ;;
    '--key')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-node_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-node_add_completions -f
        return
        ;;
    '--signer-timeout')
        return
        ;;
    '--from')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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
    esac
}

_sr-node_discover() {
    repeating_flags=()
    non_repeating_flags=(--keep --probe --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--pool --min-gpus --gpu-type --min-memory --region --max-price --min-reputation --marketplace --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--pool')
        return
        ;;
    '--min-gpus')
        return
        ;;
    '--gpu-type')
        return
        ;;
    '--min-memory')
        return
        ;;
    '--region')
        return
        ;;
    '--max-price')
        return
        ;;
    '--min-reputation')
        return
        ;;
    '--marketplace')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_info() {
    repeating_flags=()
    non_repeating_flags=(--probe --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--pool --marketplace --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-node_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--pool')
        __sr-node_add_completions -f
        return
        ;;
    '--marketplace')
        return
        ;;
    '--rpc-url'|'--rpc')
        return
        ;;
    '--quorum')
        return
        ;;
    '--chain')
        return
        ;;
    '--ens-registry')
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

_sr-node_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sr-node_offer_flags_options -1
}

complete -o filenames -F _sr-node sr-node
