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
        case 'serve'
            __sr-node_parse_subcommand 0 'listen=' 'host-name=+' 'max-connections=' 'header-timeout=' 'idle-timeout=' 'max-upload=' 'max-files=' 'j/jobs=' 'max-queued=' 'keep=' 'max-disk=' 'min-free=' 'drain-timeout=' 'registry' 'max-nodes=' 'keep-nodes=' 'sandbox=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'drain'
            __sr-node_parse_subcommand 0 'async' 'timeout=' 'q/quiet' 'v/verbose' 'version' 'h/help'
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
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'serve' -d 'Take jobs over HTTP, run them, and answer for their results.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'drain' -d 'Let the node on this machine finish what it has, and end.'
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
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" listen' -l 'listen' -d 'Listen on <address:port>; port 0 is any that is free.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve"' -l 'host-name' -d 'Answer requests that call this node <name>, too, where it listens on loopback.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-connections' -l 'max-connections' -d 'Hold up to <n> connections.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" header-timeout' -l 'header-timeout' -d 'Give a new connection <time> for the head of its request.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" idle-timeout' -l 'idle-timeout' -d 'Close a connection on which nothing happened for <time>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-upload' -l 'max-upload' -d 'Refuse uploads of more than <size>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-files' -l 'max-files' -d 'Refuse uploads of more than <n> files.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" j jobs' -s 'j' -l 'jobs' -d 'Run up to <n> jobs at once; by default one for each core.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-queued' -l 'max-queued' -d 'Let up to <n> jobs wait.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" keep' -l 'keep' -d 'Keep finished jobs for <time>: results, logs, proofs.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-disk' -l 'max-disk' -d 'Take nothing more once content and logs hold <size>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" min-free' -l 'min-free' -d 'Take nothing more where less than <size> of the disk is free.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" drain-timeout' -l 'drain-timeout' -d 'Let running jobs go on for <time> when the node is to stop.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" registry' -l 'registry' -d 'Be a registry: keep the signed descriptors of nodes, and find them for others.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-nodes' -l 'max-nodes' -d 'Keep up to <n> nodes in the registry.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" keep-nodes' -l 'keep-nodes' -d 'Forget a node <time> after its descriptor was signed, unless a newer one came.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" sandbox' -l 'sandbox' -d 'How to confine jobs: bubblewrap, or none for jobs that are trusted.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" async' -l 'async' -d 'Return as soon as the node takes nothing any more.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" timeout' -l 'timeout' -d 'Wait for the end for <time> at most; the node goes on to it by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node help" version' -l 'version' -d 'Show the version.'
