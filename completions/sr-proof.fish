function __sr-proof_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-proof_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sr-proof_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-proof_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sr-proof_parse_tokens -S
    set -l unparsed_tokens (__sr-proof_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sr-proof'
        __sr-proof_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'build'
            __sr-proof_parse_subcommand 0 'key=' 'passphrase-file=' 'passphrase-fd=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'verify'
            __sr-proof_parse_subcommand 0 'signed-by=+' 'key=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'consensus'
            __sr-proof_parse_subcommand 0 'quorum=' 'strategy=' 'group' 'unverified' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'show'
            __sr-proof_parse_subcommand -r 1 'trace' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __sr-proof_parse_subcommand -r 1 'version'
        end
    end
end

function __sr-proof_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sr-proof_parse_subcommand -S -a positional_count
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

function __sr-proof_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sr-proof_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sr-proof_tokens -p)
    if test -z "$(__sr-proof_tokens -t)"
        set -l index (count (__sr-proof_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sr-proof' -f
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof" version' -l 'version' -d 'Show the version.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_positional "sr-proof" -eq 1' -fa 'build' -d 'Make a signed proof of each record\'s run, and add it to \'proofs\'.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_positional "sr-proof" -eq 1' -fa 'verify' -d 'Judge each proof of a record by named checks, and add \'verdict\'.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_positional "sr-proof" -eq 1' -fa 'consensus' -d 'Judge whether enough nodes agree on a result, and complete \'verdict\'.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_positional "sr-proof" -eq 1' -fa 'show' -d 'Show what a proof file holds, or each proof of a record, in \'proof\'.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_positional "sr-proof" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" version' -l 'version' -d 'Show the version.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof build" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify"' -l 'signed-by' -d 'Accept proofs signed by <address> alone; may be given more than once.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" key' -l 'key' -d 'Where the record names no nodes, accept our own key <name>.' -rF
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" version' -l 'version' -d 'Show the version.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" quorum' -l 'quorum' -d 'How many must agree: <k>-of-<n>, or none, low, medium, high; else job.consensus.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" strategy' -l 'strategy' -d 'The rule by which votes become a result.' -rfka 'k-of-n majority-rule fastest-wins byzantine-fault-tolerant'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" group' -l 'group' -d 'Judge the records of each specification together; one comes out for each.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" unverified' -l 'unverified' -d 'Take each node\'s word, whether its proof was judged or not.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" version' -l 'version' -d 'Show the version.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof consensus" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" trace' -l 'trace' -d 'Print the lines of the trace instead, each as a record; a trace may be unfinished.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_positional "sr-proof show" -ge 1' -F
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" version' -l 'version' -d 'Show the version.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-proof' -n '__sr-proof_should_offer_completions_for_flags_or_options "sr-proof help" version' -l 'version' -d 'Show the version.'
