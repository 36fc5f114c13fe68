function __sr-ipfs_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-ipfs_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sr-ipfs_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-ipfs_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sr-ipfs_parse_tokens -S
    set -l unparsed_tokens (__sr-ipfs_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sr-ipfs'
        __sr-ipfs_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'add'
            __sr-ipfs_parse_subcommand -r 1 'r/recursive' 'n/only-hash' 'w/wrap' 'H/hidden' 'profile=' 'cid-version=' 'raw-leaves=' 'chunker=' 'max-file-links=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'cat'
            __sr-ipfs_parse_subcommand -r 1 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'get'
            __sr-ipfs_parse_subcommand -r 1 'o/output=' 'outside-links' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'ls'
            __sr-ipfs_parse_subcommand -r 1 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __sr-ipfs_parse_subcommand -r 1 'version'
        end
    end
end

function __sr-ipfs_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sr-ipfs_parse_subcommand -S -a positional_count
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

function __sr-ipfs_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sr-ipfs_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sr-ipfs_tokens -p)
    if test -z "$(__sr-ipfs_tokens -t)"
        set -l index (count (__sr-ipfs_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sr-ipfs' -f
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'add' -d 'Put files and directories into the repository.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'cat' -d 'Write the content of files to stdout.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'get' -d 'Write files and directories to disk.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'ls' -d 'List the entries of directories.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" r recursive' -s 'r' -l 'recursive' -d 'Take directories, with all below them.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" n only-hash' -s 'n' -l 'only-hash' -d 'Compute CIDs only; write nothing.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" w wrap' -s 'w' -l 'wrap' -d 'Put what is added into a directory, under its name.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" H hidden' -s 'H' -l 'hidden' -d 'Take in names that begin with a dot.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" profile' -l 'profile' -d 'Import by <profile>: unixfs-v1-2025, kubo-cidv1 or unixfs-v0-2015.' -rfka 'unixfs-v1-2025 kubo-cidv1 unixfs-v0-2015'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" cid-version' -l 'cid-version' -d 'Make CIDs of <version> 0 or 1; 1 implies raw leaves.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" raw-leaves' -l 'raw-leaves' -d 'Make each chunk a block as it is, or, with =false, a wrapped one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" chunker' -l 'chunker' -d 'Cut files by <chunker>: size-N, N bytes a chunk.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" max-file-links' -l 'max-file-links' -d 'Put at most <n> links into a node of a file.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs add" -ge 1' -F
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" o output' -s 'o' -l 'output' -d 'Write to <path>, or into it where it is a directory.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" outside-links' -l 'outside-links' -d 'Write symbolic links that lead out of the output, too.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs help" version' -l 'version' -d 'Show the version.'
