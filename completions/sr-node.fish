function __sr-node_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-node_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sr-node_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-node_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sr-node_parse_tokens -S
    set -l unparsed_tokens (__sr-node_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sr-node'
        __sr-node_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'exec'
            __sr-node_parse_subcommand 0 'sandbox=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'describe'
            __sr-node_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'doctor'
            __sr-node_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __sr-node_parse_subcommand -r 1 'version'
        end
    end
end

function __sr-node_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sr-node_parse_subcommand -S -a positional_count
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

function __sr-node_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sr-node_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sr-node_tokens -p)
    if test -z "$(__sr-node_tokens -t)"
        set -l index (count (__sr-node_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sr-node' -f
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'exec' -d 'Run the job of each record in a sandbox, and add \'result\'.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'describe' -d 'Describe this machine as a node: a record with \'node\'.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'doctor' -d 'Check all that running jobs needs: a record a check, with a hint for what fails.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" sandbox' -l 'sandbox' -d 'How to confine jobs: bubblewrap, or none for jobs that are trusted.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node exec" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node help" version' -l 'version' -d 'Show the version.'
