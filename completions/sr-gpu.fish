function __sr-gpu_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-gpu_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sr-gpu_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-gpu_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sr-gpu_parse_tokens -S
    set -l unparsed_tokens (__sr-gpu_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sr-gpu'
        __sr-gpu_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'list'
            __sr-gpu_parse_subcommand 0 'backend=' 'cpu' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'match'
            __sr-gpu_parse_subcommand -r 1 'requires=' 'backend=' 'cpu' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'watch'
            __sr-gpu_parse_subcommand 0 'interval=' 'count=' 'prometheus=' 'backend=' 'cpu' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'bench'
            __sr-gpu_parse_subcommand -r 1 'tests=' 'seconds=' 'samples' 'plot=' 'backend=' 'cpu' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'attest'
            __sr-gpu_parse_subcommand -r 1 'seed=' 'verify' 'any-seed' 'memory=' 'openings=' 'within=' 'signed-by=+' 'backend=' 'cpu' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __sr-gpu_parse_subcommand -r 1 'version'
        end
    end
end

function __sr-gpu_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sr-gpu_parse_subcommand -S -a positional_count
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

function __sr-gpu_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sr-gpu_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sr-gpu_tokens -p)
    if test -z "$(__sr-gpu_tokens -t)"
        set -l index (count (__sr-gpu_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sr-gpu' -f
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu" version' -l 'version' -d 'Show the version.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_positional "sr-gpu" -eq 1' -fa 'list' -d 'Tell what GPUs are here: a record with \'gpu\' for each.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_positional "sr-gpu" -eq 1' -fa 'match' -d 'Tell which GPUs here satisfy a requirement, or a job\'s.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_positional "sr-gpu" -eq 1' -fa 'watch' -d 'Tell how the GPUs fare: a record with \'sample\' for each, again and again.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_positional "sr-gpu" -eq 1' -fa 'bench' -d 'Measure how fast the GPUs are: a record with \'bench\' for each test.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_positional "sr-gpu" -eq 1' -fa 'attest' -d 'Show that the GPUs have the memory they tell of, or verify what shows it.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_positional "sr-gpu" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu list" backend' -l 'backend' -d 'Look through <backend> alone: cuda or opencl.' -rfka 'cuda opencl'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu list" cpu' -l 'cpu' -d 'Take in the machine\'s own processors, where OpenCL drives them.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu list" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu list" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu list" version' -l 'version' -d 'Show the version.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" requires' -l 'requires' -d 'Answer for <requirement> alone, and read nothing.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" backend' -l 'backend' -d 'Look through <backend> alone: cuda or opencl.' -rfka 'cuda opencl'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" cpu' -l 'cpu' -d 'Take in the machine\'s own processors, where OpenCL drives them.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" version' -l 'version' -d 'Show the version.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu match" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" interval' -l 'interval' -d 'Look every <duration>.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" count' -l 'count' -d 'End after <n> looks.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" prometheus' -l 'prometheus' -d 'Write the last look to <file>, too, for Prometheus\'s textfile collector.' -rF
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" backend' -l 'backend' -d 'Look through <backend> alone: cuda or opencl.' -rfka 'cuda opencl'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" cpu' -l 'cpu' -d 'Take in the machine\'s own processors, where OpenCL drives them.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" version' -l 'version' -d 'Show the version.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu watch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" tests' -l 'tests' -d 'Run <tests> alone: names or groups with commas between, such as memory,fp32.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" seconds' -l 'seconds' -d 'Take samples of each test for <duration>, and warm up for as long at most.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" samples' -l 'samples' -d 'Write a record for each sample, not one for each test.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" plot' -l 'plot' -d 'Draw what was measured to <file>, an SVG.' -rF
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" backend' -l 'backend' -d 'Look through <backend> alone: cuda or opencl.' -rfka 'cuda opencl'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" cpu' -l 'cpu' -d 'Take in the machine\'s own processors, where OpenCL drives them.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" version' -l 'version' -d 'Show the version.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" seed' -l 'seed' -d 'The verifier\'s <seed>: 64 hexadecimal digits.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" verify' -l 'verify' -d 'Verify the records on standard input.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" any-seed' -l 'any-seed' -d 'With --verify: take a record for any seed, an old one, too.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" memory' -l 'memory' -d 'Fill <size> of the memory; with --verify, demand so much, not three quarters of it.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" openings' -l 'openings' -d 'Open <n> cells, of 64 to 1024; with --verify, demand so many.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" within' -l 'within' -d 'With --verify: refuse what comes later than <duration> after the start.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest"' -l 'signed-by' -d 'With --verify: accept what <address> signed alone; may be given more than once.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" backend' -l 'backend' -d 'Look through <backend> alone: cuda or opencl.' -rfka 'cuda opencl'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" cpu' -l 'cpu' -d 'Take in the machine\'s own processors, where OpenCL drives them.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" version' -l 'version' -d 'Show the version.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu attest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-gpu' -n '__sr-gpu_should_offer_completions_for_flags_or_options "sr-gpu help" version' -l 'version' -d 'Show the version.'
