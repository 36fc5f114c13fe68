function __sr-chain_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-chain_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sr-chain_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-chain_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sr-chain_parse_tokens -S
    set -l unparsed_tokens (__sr-chain_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sr-chain'
        __sr-chain_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'key'
            __sr-chain_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'new'
                __sr-chain_parse_subcommand 1 'mnemonic' 'mnemonic-out=' 'words=' 'path=' 'mnemonic-passphrase-file=' 'light' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'import'
                __sr-chain_parse_subcommand 1 'private-key-file=' 'private-key-fd=' 'mnemonic-file=' 'mnemonic-fd=' 'path=' 'mnemonic-passphrase-file=' 'keystore=' 'light' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'list'
                __sr-chain_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'address'
                __sr-chain_parse_subcommand 1 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'export'
                __sr-chain_parse_subcommand 1 'o/output=' 'private-key' 'output-fd=' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            end
        case 'balance'
            __sr-chain_parse_subcommand -r 1 'block=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'nonce'
            __sr-chain_parse_subcommand -r 1 'block=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'gas'
            __sr-chain_parse_subcommand 0 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'block'
            __sr-chain_parse_subcommand -r 1 'transactions' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'call'
            __sr-chain_parse_subcommand -r 2 'data=' 'block=' 'from=' 'value=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'build'
            __sr-chain_parse_subcommand -r 1 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'value=' 'data=' 'access-list=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'send'
            __sr-chain_parse_subcommand -r 1 'async' 'wait' 'dry-run' 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'value=' 'data=' 'access-list=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'wait'
            __sr-chain_parse_subcommand -r 1 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'deploy'
            __sr-chain_parse_subcommand -r 2 'abi=' 'name=' 'replace' 'async' 'wait' 'dry-run' 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'value=' 'data=' 'access-list=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'rpc'
            __sr-chain_parse_subcommand -r 2 'raw' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'sign'
            __sr-chain_parse_subcommand -r 1 'message' 'message-file' 'typed-data' 'digest' 'authorization' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'verify'
            __sr-chain_parse_subcommand -r 1 'address=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'encode'
            __sr-chain_parse_subcommand -r 1 'packed' 'event' 'error' 'returns' 'constructor' 'abi=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'decode'
            __sr-chain_parse_subcommand -r 1 'event' 'error' 'returns' 'constructor' 'abi=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'contract'
            __sr-chain_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'add'
                __sr-chain_parse_subcommand 2 'abi=' 'genesis=' 'replace' 'rpc-url=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'list'
                __sr-chain_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'remove'
                __sr-chain_parse_subcommand 1 'chain=' 'genesis=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            end
        case 'dev'
            __sr-chain_parse_subcommand 0 'port=' 'block-time=' 'state=' 'chain-id=' 'accounts=' 'engine=' 'allow-unprotected' 'import' 'light' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __sr-chain_parse_subcommand -r 1 'version'
        end
    end
end

function __sr-chain_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sr-chain_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sr-chain_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sr-chain_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sr-chain_tokens -p)
    if test -z "$(__sr-chain_tokens -t)"
        set -l index (count (__sr-chain_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sr-chain' -f
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'key' -d 'Keep private keys in files under a passphrase.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'balance' -d 'Tell the balance of accounts, in wei.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'nonce' -d 'Tell the nonce of the next transaction of accounts.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'gas' -d 'Tell what gas costs, and what each strategy offers.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'block' -d 'Tell what a block holds.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'call' -d 'Ask a contract, without a transaction.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'build' -d 'Complete the transaction of each record in one round trip: chain, nonce, gas, fees.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'send' -d 'Send the transaction of each record, built and signed where it is not yet.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'wait' -d 'Wait until the transaction of each record is in a block, and add \'receipt\'.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'deploy' -d 'Make a contract of the bytecode in a file, and add its address.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'rpc' -d 'Call any JSON-RPC method.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'sign' -d 'Sign transactions, messages or typed data, with no network.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'verify' -d 'Judge each record\'s signature by named checks, and add \'verdict\'.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'encode' -d 'Encode arguments as contracts take them.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'decode' -d 'Decode what contracts take, give back, log and revert with.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'contract' -d 'Give contracts names.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'dev' -d 'Run a development chain, whose accounts are rich and whose keys all know.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'new' -d 'Make a key from random numbers.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'import' -d 'Keep a key that exists already.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'list' -d 'Tell the keys that are kept here.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'address' -d 'Tell the address of a key, without its passphrase.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'export' -d 'Write a key\'s V3 keystore, or the private key itself.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" mnemonic' -l 'mnemonic' -d 'Make the key of a new mnemonic, and show its words at the terminal.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" mnemonic-out' -l 'mnemonic-out' -d 'With --mnemonic: write the words to the new <file>, not to the terminal.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" words' -l 'words' -d 'With --mnemonic: make <n> words: 12, 15, 18, 21 or 24.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" path' -l 'path' -d 'Take the mnemonic\'s key at <path>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" mnemonic-passphrase-file' -l 'mnemonic-passphrase-file' -d 'Read the mnemonic\'s own passphrase from <file>; without it there is none.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" light' -l 'light' -d 'Lock it in milliseconds, not a second: for tests, since it hardly protects.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" private-key-file' -l 'private-key-file' -d 'Read the key as hexadecimal digits from <file>.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" private-key-fd' -l 'private-key-fd' -d 'Read the key as hexadecimal digits from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" mnemonic-file' -l 'mnemonic-file' -d 'Read the words of a mnemonic from <file>.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" mnemonic-fd' -l 'mnemonic-fd' -d 'Read the words of a mnemonic from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" path' -l 'path' -d 'Take the mnemonic\'s key at <path>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" mnemonic-passphrase-file' -l 'mnemonic-passphrase-file' -d 'Read the mnemonic\'s own passphrase from <file>; without it there is none.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" keystore' -l 'keystore' -d 'Take the key from the V3 keystore <file>.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" light' -l 'light' -d 'Lock it in milliseconds, not a second: for tests, since it hardly protects.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key list" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key list" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key list" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key address" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key address" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key address" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key address" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" o output' -s 'o' -l 'output' -d 'Write to the new <file>, not to standard output.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" private-key' -l 'private-key' -d 'Write the private key, with no lock, as hexadecimal digits.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" output-fd' -l 'output-fd' -d 'With --private-key: write to the open file descriptor <n>, 3 or more.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" block' -l 'block' -d 'Tell the balance at <block>: a tag, a number or a hash.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain balance" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" block' -l 'block' -d 'Tell the nonce at <block>: a tag, a number or a hash (pending).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain nonce" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain gas" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" transactions' -l 'transactions' -d 'Tell the transactions in full, not by their hashes.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain block" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" data' -l 'data' -d 'Call with <hex> as it is, in place of a function.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" block' -l 'block' -d 'Ask about the state at <block>: a tag, a number or a hash.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" from' -l 'from' -d 'Call on behalf of <account>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" value' -l 'value' -d 'Send <amount> along, in pretence.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain call" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" value' -l 'value' -d 'Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" data' -l 'data' -d 'Send the bytes <0x…> as the call\'s data.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" access-list' -l 'access-list' -d 'Take the access list from <file>: JSON, as a record has it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain build" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" async' -l 'async' -d 'Do not look whether the node holds the transaction after it has taken it.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" wait' -l 'wait' -d 'Wait until the transaction is in a block, and add \'receipt\'.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" dry-run' -l 'dry-run' -d 'Sign and send nothing; tell what would be sent, and what it may cost.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" value' -l 'value' -d 'Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" data' -l 'data' -d 'Send the bytes <0x…> as the call\'s data.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" access-list' -l 'access-list' -d 'Take the access list from <file>: JSON, as a record has it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain send" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain wait" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain deploy" -eq 1' -F
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" abi' -l 'abi' -d 'Take the contract\'s ABI from <file>, not from the artefact.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" name' -l 'name' -d 'Register the contract as <name> once it is there: goes with --wait.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" replace' -l 'replace' -d 'Register it though the name is taken.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" async' -l 'async' -d 'Do not look whether the node holds the transaction after it has taken it.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" wait' -l 'wait' -d 'Wait until the transaction is in a block, and add \'receipt\'.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" dry-run' -l 'dry-run' -d 'Sign and send nothing; tell what would be sent, and what it may cost.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" value' -l 'value' -d 'Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" data' -l 'data' -d 'Send the bytes <0x…> as the call\'s data.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" access-list' -l 'access-list' -d 'Take the access list from <file>: JSON, as a record has it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain deploy" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" raw' -l 'raw' -d 'Take all parameters as one JSON text: one argument, or standard input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain rpc" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" message' -l 'message' -d 'Sign each operand, or each record\'s \'message\', as a message (EIP-191).'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" message-file' -l 'message-file' -d 'Sign each file\'s content as a message.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" typed-data' -l 'typed-data' -d 'Sign each file\'s, or each record\'s, \'typedData\' (EIP-712).'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" digest' -l 'digest' -d 'Sign each hash as it is; it may stand for anything, a transaction too.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" authorization' -l 'authorization' -d 'Sign each record\'s \'authorization\' to set our code (EIP-7702).'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain sign" -ge 1' -F
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain sign" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" address' -l 'address' -d 'The account that must have signed.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" packed' -l 'packed' -d 'Encode side by side with no padding, as Solidity\'s abi.encodePacked does.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" event' -l 'event' -d 'Encode the topics and data of an event.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" error' -l 'error' -d 'Encode the data of an error that a contract reverts with.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" returns' -l 'returns' -d 'Encode what a function gives back.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" constructor' -l 'constructor' -d 'Encode the arguments of the ABI\'s constructor; they are the only parameters.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" abi' -l 'abi' -d 'Take definitions from the ABI in <file>.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain encode" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" event' -l 'event' -d 'Decode the topics and data of a log.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" error' -l 'error' -d 'Decode the data that a contract reverted with.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" returns' -l 'returns' -d 'Decode what a function gave back.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" constructor' -l 'constructor' -d 'Decode the arguments of the ABI\'s constructor.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" abi' -l 'abi' -d 'Take definitions from the ABI in <file>.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain decode" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain contract" -eq 1' -fa 'add' -d 'Give a contract a name on one chain.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain contract" -eq 1' -fa 'list' -d 'Tell the contracts that have names here, on all chains.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain contract" -eq 1' -fa 'remove' -d 'Take a contract\'s name away; no node is asked.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" abi' -l 'abi' -d 'Take the contract\'s ABI from <file>.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" genesis' -l 'genesis' -d 'The <hash> of the chain\'s block 0; --chain then tells its id.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" replace' -l 'replace' -d 'Replace a contract that has the name already.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" rpc-url' -l 'rpc-url' -d 'Reach the node\'s JSON-RPC at <url>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract list" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract list" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract list" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract remove" chain' -l 'chain' -d 'The chain with this <id>, where several have the name.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract remove" genesis' -l 'genesis' -d 'The chain whose block 0 has this <hash>, where several have the name.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract remove" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract remove" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract remove" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain contract remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" port' -l 'port' -d 'Listen on port <n> of 127.0.0.1, on 0 any that is free.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" block-time' -l 'block-time' -d 'Make a block every <s> seconds, not one for each transaction.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" state' -l 'state' -d 'Keep the chain in the folder <dir>, and go on with what is there.' -rfa '(__sr-chain_complete_directories)'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" chain-id' -l 'chain-id' -d 'The chain id.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" accounts' -l 'accounts' -d 'How many accounts have money.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" engine' -l 'engine' -d 'Start <engine>: devchain, anvil or geth.' -rfka 'devchain anvil geth'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" allow-unprotected' -l 'allow-unprotected' -d 'Take transactions that name no chain, too.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" import' -l 'import' -d 'Keep the accounts\' keys as dev0, dev1 and so on; all the world knows them.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" light' -l 'light' -d 'Lock them in milliseconds, not a second.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain dev" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain help" version' -l 'version' -d 'Show the version.'
