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
                __sr-chain_parse_subcommand 1 'light' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'import'
                __sr-chain_parse_subcommand 1 'private-key-file=' 'private-key-fd=' 'keystore=' 'light' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'list'
                __sr-chain_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'address'
                __sr-chain_parse_subcommand 1 'q/quiet' 'v/verbose' 'version' 'h/help'
            end
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
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'new' -d 'Make a key from random numbers.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'import' -d 'Keep a key that exists already.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'list' -d 'Tell the keys that are kept here.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_positional "sr-chain key" -eq 1' -fa 'address' -d 'Tell the address of a key, without its passphrase.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" light' -l 'light' -d 'Lock it in milliseconds, not a second: for tests, since it hardly protects.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" version' -l 'version' -d 'Show the version.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key new" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" private-key-file' -l 'private-key-file' -d 'Read the key as hexadecimal digits from <file>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" private-key-fd' -l 'private-key-fd' -d 'Read the key as hexadecimal digits from the open file descriptor <n>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" keystore' -l 'keystore' -d 'Take the key from the V3 keystore <file>.' -rfka ''
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" light' -l 'light' -d 'Lock it in milliseconds, not a second: for tests, since it hardly protects.'
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain key import" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rfka ''
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
complete -c 'sr-chain' -n '__sr-chain_should_offer_completions_for_flags_or_options "sr-chain help" version' -l 'version' -d 'Show the version.'
