#!/bin/bash

__sr-chain_cursor_index_in_current_word() {
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
__sr-chain_offer_flags_options() {
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

__sr-chain_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sr-chain_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sr-chain() {
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
    __sr-chain_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    key|balance|nonce|gas|block|call|build|send|wait|bump|cancel|deploy|claim|prove|vote|events|rpc|sign|verify|encode|decode|contract|dev|post|fund|settle|challenge|release|distribute|refund|withdraw|show|help)
        # Offer subcommand argument completions
        "_sr-chain_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'key balance nonce gas block call build send wait bump cancel deploy claim prove vote events rpc sign verify encode decode contract dev post fund settle challenge release distribute refund withdraw show help' -- "${cur}"))
        ;;
    esac
}

_sr-chain_key() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-chain_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    new|import|list|address|export)
        # Offer subcommand argument completions
        "_sr-chain_key_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'new import list address export' -- "${cur}"))
        ;;
    esac
}

_sr-chain_key_new() {
    repeating_flags=()
    non_repeating_flags=(--mnemonic --light -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--mnemonic-out --words --path --mnemonic-passphrase-file --passphrase-file --passphrase-fd)
    __sr-chain_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--mnemonic-out')
        __sr-chain_add_completions -f
        return
        ;;
    '--words')
        return
        ;;
    '--path')
        return
        ;;
    '--mnemonic-passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    esac
}

_sr-chain_key_import() {
    repeating_flags=()
    non_repeating_flags=(--light -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--private-key-file --private-key-fd --mnemonic-file --mnemonic-fd --path --mnemonic-passphrase-file --keystore --passphrase-file --passphrase-fd)
    __sr-chain_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--private-key-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--private-key-fd')
        return
        ;;
    '--mnemonic-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--mnemonic-fd')
        return
        ;;
    '--path')
        return
        ;;
    '--mnemonic-passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--keystore')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    esac
}

_sr-chain_key_list() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-chain_offer_flags_options 0
}

_sr-chain_key_address() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-chain_offer_flags_options 1
}

_sr-chain_key_export() {
    repeating_flags=()
    non_repeating_flags=(--private-key -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --output-fd --passphrase-file --passphrase-fd)
    __sr-chain_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __sr-chain_add_completions -f
        return
        ;;
    '--output-fd')
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    esac
}

_sr-chain_balance() {
    repeating_flags=()
    non_repeating_flags=(--no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--block --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--block')
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

_sr-chain_nonce() {
    repeating_flags=()
    non_repeating_flags=(--no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--block --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--block')
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

_sr-chain_gas() {
    repeating_flags=()
    non_repeating_flags=(--no-ens -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--fees --tip --max-fee --gas-price --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--fees')
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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

_sr-chain_block() {
    repeating_flags=()
    non_repeating_flags=(--transactions --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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

_sr-chain_call() {
    repeating_flags=()
    non_repeating_flags=(--no-ens -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--data --block --from --value --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--block')
        return
        ;;
    '--from')
        return
        ;;
    '--value')
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

_sr-chain_build() {
    repeating_flags=()
    non_repeating_flags=(--no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --value --data --access-list --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
    '--value')
        return
        ;;
    '--data')
        return
        ;;
    '--access-list')
        __sr-chain_add_completions -f
        return
        ;;
    '--key')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_send() {
    repeating_flags=()
    non_repeating_flags=(--resume --async --wait --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate --value --data --access-list -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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
    '--value')
        return
        ;;
    '--data')
        return
        ;;
    '--access-list')
        __sr-chain_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-chain_wait() {
    repeating_flags=()
    non_repeating_flags=(--pending --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--from --confirmations --patience --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--from')
        return
        ;;
    '--confirmations')
        return
        ;;
    '--patience')
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

_sr-chain_bump() {
    repeating_flags=()
    non_repeating_flags=(--until-mined --pending --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--every --fees --tip --max-fee --gas-price --confirmations --patience --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--every')
        return
        ;;
    '--fees')
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
    '--confirmations')
        return
        ;;
    '--patience')
        return
        ;;
    '--key')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_cancel() {
    repeating_flags=()
    non_repeating_flags=(--until-mined --pending --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--every --fees --tip --max-fee --gas-price --confirmations --patience --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--every')
        return
        ;;
    '--fees')
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
    '--confirmations')
        return
        ;;
    '--patience')
        return
        ;;
    '--key')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_deploy() {
    repeating_flags=()
    non_repeating_flags=(--replace --all --async --wait --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--abi --name --minimum-stake --unbonding --contracts --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate --value --data --access-list -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--abi')
        __sr-chain_add_completions -f
        return
        ;;
    '--name')
        return
        ;;
    '--minimum-stake')
        return
        ;;
    '--unbonding')
        return
        ;;
    '--contracts')
        __sr-chain_add_completions -d
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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
    '--value')
        return
        ;;
    '--data')
        return
        ;;
    '--access-list')
        __sr-chain_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sr-chain_add_completions -f
        return
        ;;
    esac
}

_sr-chain_claim() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--max-open --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--max-open')
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_prove() {
    repeating_flags=()
    non_repeating_flags=(--could-not-run --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_vote() {
    repeating_flags=()
    non_repeating_flags=(--could-not-run --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_events() {
    repeating_flags=()
    non_repeating_flags=(--follow --no-ens -q --quiet -v --verbose --version -h --help)
    repeating_options=(--address --where --rpc-url --rpc)
    non_repeating_options=(--from --to --confirmations --cursor --poll --window --ws-url --abi --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--confirmations')
        return
        ;;
    '--address')
        return
        ;;
    '--where')
        return
        ;;
    '--cursor')
        __sr-chain_add_completions -f
        return
        ;;
    '--poll')
        return
        ;;
    '--window')
        return
        ;;
    '--ws-url')
        return
        ;;
    '--abi')
        __sr-chain_add_completions -f
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

_sr-chain_rpc() {
    repeating_flags=()
    non_repeating_flags=(--raw --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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

_sr-chain_sign() {
    repeating_flags=()
    non_repeating_flags=(--message --message-file --typed-data --digest --authorization --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--key --passphrase-file --passphrase-fd --signer --signer-timeout --from -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--key')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
        return
        ;;
    '--signer-timeout')
        return
        ;;
    '--from')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sr-chain_add_completions -f
        return
        ;;
    esac
}

_sr-chain_verify() {
    repeating_flags=()
    non_repeating_flags=(--unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--address -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--address')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-chain_encode() {
    repeating_flags=()
    non_repeating_flags=(--packed --event --error --returns --constructor --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--abi -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--abi')
        __sr-chain_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-chain_decode() {
    repeating_flags=()
    non_repeating_flags=(--event --error --returns --constructor --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--abi -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--abi')
        __sr-chain_add_completions -f
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    esac
}

_sr-chain_contract() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-chain_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|remove)
        # Offer subcommand argument completions
        "_sr-chain_contract_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list remove' -- "${cur}"))
        ;;
    esac
}

_sr-chain_contract_add() {
    repeating_flags=()
    non_repeating_flags=(--replace --no-ens -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--abi --genesis --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate)
    __sr-chain_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--abi')
        __sr-chain_add_completions -f
        return
        ;;
    '--genesis')
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

_sr-chain_contract_list() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sr-chain_offer_flags_options 0
}

_sr-chain_contract_remove() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--chain --genesis)
    __sr-chain_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--chain')
        return
        ;;
    '--genesis')
        return
        ;;
    esac
}

_sr-chain_dev() {
    repeating_flags=()
    non_repeating_flags=(--allow-unprotected --import --light -q --quiet -v --verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --block-time --state --chain-id --accounts --engine --passphrase-file --passphrase-fd)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--block-time')
        return
        ;;
    '--state')
        __sr-chain_add_completions -d
        return
        ;;
    '--chain-id')
        return
        ;;
    '--accounts')
        return
        ;;
    '--engine')
        __sr-chain_add_completions -W 'devchain'$'\n''anvil'$'\n''geth'
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    esac
}

_sr-chain_post() {
    repeating_flags=()
    non_repeating_flags=(--no-draw --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--bond --token --claim-window --commit-window --open-window --challenge-window --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--bond')
        return
        ;;
    '--token')
        return
        ;;
    '--claim-window')
        return
        ;;
    '--commit-window')
        return
        ;;
    '--open-window')
        return
        ;;
    '--challenge-window')
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_fund() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--amount --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--amount')
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_settle() {
    repeating_flags=()
    non_repeating_flags=(--now --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_challenge() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--evidence --bond --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--evidence')
        return
        ;;
    '--bond')
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_release() {
    repeating_flags=()
    non_repeating_flags=(--now --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_distribute() {
    repeating_flags=()
    non_repeating_flags=(--now --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_refund() {
    repeating_flags=()
    non_repeating_flags=(--now --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_withdraw() {
    repeating_flags=()
    non_repeating_flags=(--stake --dry-run --no-journal --no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--token --node --marketplace --once --confirmations --patience --nonce --gas --gas-buffer --max-fee-per-gas --type --fees --tip --max-fee --gas-price --key --passphrase-file --passphrase-fd --signer --signer-timeout --from --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--token')
        return
        ;;
    '--node')
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
        __sr-chain_add_completions -W 'slow'$'\n''standard'$'\n''fast'$'\n''custom'
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
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-file')
        __sr-chain_add_completions -f
        return
        ;;
    '--passphrase-fd')
        return
        ;;
    '--signer')
        __sr-chain_add_completions -f
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

_sr-chain_show() {
    repeating_flags=()
    non_repeating_flags=(--no-ens --unordered --fail-fast -0 --null -q --quiet -v --verbose --version -h --help)
    repeating_options=(--rpc-url --rpc)
    non_repeating_options=(--marketplace --quorum --chain --ens-registry --timeout --idle-timeout --retries --rate -j --jobs)
    __sr-chain_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
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

_sr-chain_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sr-chain_offer_flags_options -1
}

complete -o filenames -F _sr-chain sr-chain
