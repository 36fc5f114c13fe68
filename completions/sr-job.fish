function __sr-job_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-job_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sr-job_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sr-job_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sr-job_parse_tokens -S
    set -l unparsed_tokens (__sr-job_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sr-job'
        __sr-job_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'new'
            __sr-job_parse_subcommand -r 1 'code=' 'repository=' 'ref=' 'entrypoint=' 'interpreter=' 'gpu=' 'memory=' 'timeout=' 'env=+' 'arg=+' 'payment=' 'token=' 'consensus=' 'outputs=+' 'input=+' 'network' 'no-network' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'set'
            __sr-job_parse_subcommand 0 'unset=+' 'code=' 'repository=' 'ref=' 'entrypoint=' 'interpreter=' 'gpu=' 'memory=' 'timeout=' 'env=+' 'arg=+' 'payment=' 'token=' 'consensus=' 'outputs=+' 'input=+' 'network' 'no-network' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'estimate'
            __sr-job_parse_subcommand 0 'pool=' 'price=' 'marketplace=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'submit'
            __sr-job_parse_subcommand 0 'node=' 'pool=' 'redundancy=' 'nodes=' 'endpoint=' 'marketplace=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'run'
            __sr-job_parse_subcommand 0 'o/output=' 'endpoint=' 'bond=' 'token=' 'claim-window=' 'commit-window=' 'open-window=' 'challenge-window=' 'no-draw' 'marketplace=' 'dry-run' 'once=' 'no-journal' 'confirmations=' 'patience=' 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'status'
            __sr-job_parse_subcommand -r 1 'endpoint=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'logs'
            __sr-job_parse_subcommand -r 1 'f/follow' 'node=' 'endpoint=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'wait'
            __sr-job_parse_subcommand -r 1 'endpoint=' 'marketplace=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'cancel'
            __sr-job_parse_subcommand -r 1 'endpoint=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'outputs'
            __sr-job_parse_subcommand -r 1 'endpoint=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'get'
            __sr-job_parse_subcommand -r 1 'o/output=' 'endpoint=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'list'
            __sr-job_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __sr-job_parse_subcommand -r 1 'version'
        end
    end
end

function __sr-job_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sr-job_parse_subcommand -S -a positional_count
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

function __sr-job_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sr-job_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sr-job_tokens -p)
    if test -z "$(__sr-job_tokens -t)"
        set -l index (count (__sr-job_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sr-job' -f
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'new' -d 'Make a job record from a file, a folder, a text or a repository.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'set' -d 'Amend the jobs of the records on stdin.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'estimate' -d 'Tell what jobs would cost at most, by node and in gas, and add \'estimate\'.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'submit' -d 'Hand the job of each record to a node, or to several, and add \'run\'.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'run' -d 'Run the job of each record to its end: post, wait, verify, pay, and fetch its files.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'status' -d 'Ask where jobs stand, and bring \'run\' up to date.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'logs' -d 'Write a job\'s output: its stdout to stdout, its stderr to stderr, byte for byte.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'wait' -d 'Follow jobs to their end, fetch outputs and proofs, and add \'result\' and \'proofs\'.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'cancel' -d 'End jobs that are queued or running.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'outputs' -d 'List the files that jobs made: a record with \'output\' a file.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'get' -d 'Write the files that jobs made to a folder.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'list' -d 'List the jobs submitted from here, each with its last known state.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_positional "sr-job new" -ge 1' -F
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" code' -l 'code' -d 'Run <text> itself as the job\'s script.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" repository' -l 'repository' -d 'Clone the job\'s sources from <url> (https, ssh, file).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" ref' -l 'ref' -d 'Check out <ref>: a branch, tag or commit of --repository.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" entrypoint' -l 'entrypoint' -d 'Run this file of the sources.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" interpreter' -l 'interpreter' -d 'Run the entrypoint by <program>; `none` runs it by itself.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" gpu' -l 'gpu' -d 'Ask for GPUs: TYPE[:MEMORY[:COUNT]][,compute>=X.Y].' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" memory' -l 'memory' -d 'Limit memory to <size>, such as 512MiB (by default 1GiB).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" timeout' -l 'timeout' -d 'Limit the run to <duration>, such as 10m (by default 10m).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new"' -l 'env' -d 'Set an environment variable; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new"' -l 'arg' -d 'Pass <arg> to the job; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" payment' -l 'payment' -d 'Pay <amount>, such as 0.1ETH; in --token\'s smallest unit where one is given.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" token' -l 'token' -d 'Pay in the ERC-20 at <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" consensus' -l 'consensus' -d 'Have nodes agree: none, low, medium, high or K-of-N (by default none).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new"' -l 'outputs' -d 'Keep files that match <glob> as the result; @stdout is the output; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new"' -l 'input' -d 'Bind content beside the job\'s files; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" network' -l 'network' -d 'Let the job use the network.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" no-network' -l 'no-network' -d 'Let the job use the network.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job new" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set"' -l 'unset' -d 'Take back gpu, payment, outputs, args, inputs, env or env.NAME; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" code' -l 'code' -d 'Run <text> itself as the job\'s script.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" repository' -l 'repository' -d 'Clone the job\'s sources from <url> (https, ssh, file).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" ref' -l 'ref' -d 'Check out <ref>: a branch, tag or commit of --repository.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" entrypoint' -l 'entrypoint' -d 'Run this file of the sources.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" interpreter' -l 'interpreter' -d 'Run the entrypoint by <program>; `none` runs it by itself.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" gpu' -l 'gpu' -d 'Ask for GPUs: TYPE[:MEMORY[:COUNT]][,compute>=X.Y].' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" memory' -l 'memory' -d 'Limit memory to <size>, such as 512MiB (by default 1GiB).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" timeout' -l 'timeout' -d 'Limit the run to <duration>, such as 10m (by default 10m).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set"' -l 'env' -d 'Set an environment variable; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set"' -l 'arg' -d 'Pass <arg> to the job; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" payment' -l 'payment' -d 'Pay <amount>, such as 0.1ETH; in --token\'s smallest unit where one is given.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" token' -l 'token' -d 'Pay in the ERC-20 at <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" consensus' -l 'consensus' -d 'Have nodes agree: none, low, medium, high or K-of-N (by default none).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set"' -l 'outputs' -d 'Keep files that match <glob> as the result; @stdout is the output; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set"' -l 'input' -d 'Bind content beside the job\'s files; may be repeated.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" network' -l 'network' -d 'Let the job use the network.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" no-network' -l 'no-network' -d 'Let the job use the network.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job set" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" pool' -l 'pool' -d 'Ask for the prices of the nodes of <file>, not of those registered.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" price' -l 'price' -d 'Reckon with <price> for all nodes, such as gpu=0.5ETH/h,cpu=0.1ETH/h.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job estimate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" node' -l 'node' -d 'Refuse a node that is not <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" pool' -l 'pool' -d 'Choose among the nodes of <file>, as \'sr-node discover\' writes it.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" redundancy' -l 'redundancy' -d 'Have <n> nodes of the pool run the job; by default as its consensus says.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" nodes' -l 'nodes' -d 'Hand the content of a job in escrow to <n> nodes at most (16).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job submit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" o output' -s 'o' -l 'output' -d 'Write the files that jobs made into the folder <path>.' -rfa '(__sr-job_complete_directories)'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" endpoint' -l 'endpoint' -d 'Run a job without payment on the node at <url>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" bond' -l 'bond' -d 'Bind <amount> of a node\'s stake by each claim (2(n+1)/n shares).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" token' -l 'token' -d 'Pay in the ERC-20 at <address>, in its smallest unit (job.payment.token).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" claim-window' -l 'claim-window' -d 'Let nodes claim for <duration> (10m).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" commit-window' -l 'commit-window' -d 'Give each node <duration> from its claim to run the job and commit (its timeout and 10m).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" open-window' -l 'open-window' -d 'Let nodes open what they committed for <duration> (10m).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" challenge-window' -l 'challenge-window' -d 'Let the result be challenged for <duration> (1h).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" no-draw' -l 'no-draw' -d 'Leave the draw of the nodes to the first who claims.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" dry-run' -l 'dry-run' -d 'Sign and send nothing; tell what would be sent, and what it may cost.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" once' -l 'once' -d 'Send for the ID <id> once: where the account\'s journal has it, its transaction is told.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" no-journal' -l 'no-journal' -d 'Keep no journal: a crash may lose or repeat a transaction.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" confirmations' -l 'confirmations' -d 'Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" patience' -l 'patience' -d 'Give up after <duration> what the node does not know and nobody can offer again (1m).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" f follow' -s 'f' -l 'follow' -d 'Go on until the job is over.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" node' -l 'node' -d 'Of several nodes, ask the one that is <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job logs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job wait" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job cancel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job outputs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" o output' -s 'o' -l 'output' -d 'Write into the folder <path>; by default into one named by the job\'s id.' -rfa '(__sr-job_complete_directories)'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" endpoint' -l 'endpoint' -d 'Reach the node at <url>; a record\'s own \'run\' goes before it.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job list" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job list" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job list" version' -l 'version' -d 'Show the version.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-job' -n '__sr-job_should_offer_completions_for_flags_or_options "sr-job help" version' -l 'version' -d 'Show the version.'
