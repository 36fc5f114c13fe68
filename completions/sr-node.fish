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
            __sr-node_parse_subcommand 0 'listen=' 'host-name=+' 'max-connections=' 'header-timeout=' 'idle-timeout=' 'max-upload=' 'max-files=' 'j/jobs=' 'max-queued=' 'keep=' 'max-disk=' 'min-free=' 'drain-timeout=' 'registry' 'max-nodes=' 'keep-nodes=' 'claim' 'max-open=' 'confirmations=' 'reserve=' 'from-block=' 'rpc-url=+' 'chain=' 'tip=' 'max-fee=' 'marketplace=' 'price=' 'min-share=' 'gas=' 'token=+' 'max-bond=' 'margin=' 'min-open=' 'max-hold=' 'max-wait=' 'unpinned' 'max-content=' 'content-wait=' 'gateway=+' 'inventory=' 'descriptor=' 'sandbox=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'status'
            __sr-node_parse_subcommand -r 1 'endpoint=' 'metrics' 'marketplace=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'drain'
            __sr-node_parse_subcommand 0 'async' 'timeout=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'describe'
            __sr-node_parse_subcommand 0 'inventory=' 'price=' 'region=' 'endpoint=' 'storage=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'match'
            __sr-node_parse_subcommand 0 'keep' 'price=' 'min-share=' 'gas=' 'token=+' 'max-bond=' 'margin=' 'min-open=' 'max-hold=' 'max-wait=' 'unpinned' 'max-content=' 'content-wait=' 'gateway=+' 'inventory=' 'descriptor=' 'marketplace=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'publish'
            __sr-node_parse_subcommand 0 'endpoint=+' 'copies=' 'marketplace=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'doctor'
            __sr-node_parse_subcommand 0 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'register'
            __sr-node_parse_subcommand 0 'stake=' 'owner=' 'pool=' 'marketplace=' 'dry-run' 'once=' 'no-journal' 'confirmations=' 'patience=' 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'update'
            __sr-node_parse_subcommand 0 'pool=' 'marketplace=' 'dry-run' 'once=' 'no-journal' 'confirmations=' 'patience=' 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'retire'
            __sr-node_parse_subcommand 0 'pool=' 'marketplace=' 'dry-run' 'once=' 'no-journal' 'confirmations=' 'patience=' 'nonce=' 'gas=' 'gas-buffer=' 'max-fee-per-gas=' 'type=' 'fees=' 'tip=' 'max-fee=' 'gas-price=' 'key=' 'passphrase-file=' 'passphrase-fd=' 'signer=' 'signer-timeout=' 'from=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'discover'
            __sr-node_parse_subcommand -r 1 'pool=' 'keep' 'min-gpus=' 'gpu-type=' 'min-memory=' 'region=' 'max-price=' 'min-reputation=' 'probe' 'marketplace=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'info'
            __sr-node_parse_subcommand -r 1 'pool=' 'probe' 'marketplace=' 'rpc-url=+' 'quorum=' 'chain=' 'no-ens' 'ens-registry=' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
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
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'status' -d 'Tell how nodes are: jobs, queue, disk, reputation, stake and earnings.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'drain' -d 'Let the node on this machine finish what it has, and end.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'describe' -d 'Describe this machine as a node: a record with \'node\'.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'match' -d 'Let through the jobs that this node takes, each made anew of what was verified.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'publish' -d 'Hand each record\'s outputs and proofs to nodes that serve them, once they are opened.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'doctor' -d 'Check all that running jobs needs: a record a check, with a hint for what fails.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'register' -d 'Sign each record\'s \'node\', and register it: with stake on the chain, or in a pool.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'update' -d 'Sign each record\'s \'node\' anew, and tell chain or pool its endpoint and descriptor.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'retire' -d 'Claim nothing more with this node, for ever; its open claims go on.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'discover' -d 'Find nodes on the chain or in a pool: a record with \'node\' for each that matches.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_positional "sr-node" -eq 1' -fa 'info' -d 'Tell all that is known of a node, or what the nodes of a pool have together.'
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
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" claim' -l 'claim' -d 'Claim jobs of the marketplace, run them, commit, open, and see that all are paid.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-open' -l 'max-open' -d 'Let up to <n> claims lack a commitment.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" confirmations' -l 'confirmations' -d 'Claim what <n> blocks hold; show a result when as many blocks hold its opening.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" reserve' -l 'reserve' -d 'End a run <time> before its commitment must be made, or a quarter of the window.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" from-block' -l 'from-block' -d 'Look for jobs from block <n> on at the first start; by itself the last 50000.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve"' -l 'rpc-url' -l 'rpc' -d 'Reach the chain\'s node at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" tip' -l 'tip' -d 'Offer a tip of <amount> for each unit of gas.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-fee' -l 'max-fee' -d 'Pay <amount> at most for each unit of gas.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" price' -l 'price' -d 'Take <price> at least, such as gpu=0.5ETH/h,cpu=0.1ETH/h; that of the descriptor by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" min-share' -l 'min-share' -d 'Take a share of <amount> at least, such as 0.01ETH.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" gas' -l 'gas' -d 'Have a share cover <n> units of gas at their present price (420000).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve"' -l 'token' -d 'Be paid in <token>: ETH, or ADDRESS[:SHARE] with the least share in its smallest unit; may be given again.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-bond' -l 'max-bond' -d 'Risk a bond of <amount> at most; whatever stake is free by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" margin' -l 'margin' -d 'Want a commit window that is longer than the job\'s timeout by <duration> (5m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" min-open' -l 'min-open' -d 'Want an open window of <duration> at least (2m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-hold' -l 'max-hold' -d 'Have claim and commit windows of <duration> at most (1d).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-wait' -l 'max-wait' -d 'Have open and challenge windows of <duration> at most (7d).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" unpinned' -l 'unpinned' -d 'Take jobs for GPUs on whose result several nodes must agree.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" max-content' -l 'max-content' -d 'Take code and inputs of <size> at most (4GiB).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" content-wait' -l 'content-wait' -d 'Wait <duration> for content that nobody has yet (2m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve"' -l 'gateway' -d 'Fetch content from the IPFS gateway <url>, too; may be given again.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" inventory' -l 'inventory' -d 'Take the GPUs from <file>: JSON Lines with \'gpu\'; by itself those of the descriptor.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" descriptor' -l 'descriptor' -d 'Take GPUs and price from the descriptor in <file>; by itself from the registered one.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" sandbox' -l 'sandbox' -d 'How to confine jobs: bubblewrap, or none for jobs that are trusted.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" endpoint' -l 'endpoint' -d 'Ask the node at <url>, where none is named.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" metrics' -l 'metrics' -d 'Add the node\'s numbers in Prometheus\' text format, as \'metrics\'.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" async' -l 'async' -d 'Return as soon as the node takes nothing any more.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" timeout' -l 'timeout' -d 'Wait for the end for <time> at most; the node goes on to it by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node drain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" inventory' -l 'inventory' -d 'Take the GPUs from <file>: JSON Lines with \'gpu\'; - is standard input.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" price' -l 'price' -d 'Take <price> for an hour, such as gpu=0.5ETH/h,cpu=0.1ETH/h.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" region' -l 'region' -d 'Stand in <region>, such as us-east-1.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" endpoint' -l 'endpoint' -d 'Be reached at <url>; without it the node serves nobody.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" storage' -l 'storage' -d 'Offer <size> for content, not all that is free.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node describe" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" keep' -l 'keep' -d 'Let out what does not match, too, with the reason in \'match\'.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" price' -l 'price' -d 'Take <price> at least, such as gpu=0.5ETH/h,cpu=0.1ETH/h; that of the descriptor by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" min-share' -l 'min-share' -d 'Take a share of <amount> at least, such as 0.01ETH.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" gas' -l 'gas' -d 'Have a share cover <n> units of gas at their present price (420000).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match"' -l 'token' -d 'Be paid in <token>: ETH, or ADDRESS[:SHARE] with the least share in its smallest unit; may be given again.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" max-bond' -l 'max-bond' -d 'Risk a bond of <amount> at most; whatever stake is free by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" margin' -l 'margin' -d 'Want a commit window that is longer than the job\'s timeout by <duration> (5m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" min-open' -l 'min-open' -d 'Want an open window of <duration> at least (2m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" max-hold' -l 'max-hold' -d 'Have claim and commit windows of <duration> at most (1d).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" max-wait' -l 'max-wait' -d 'Have open and challenge windows of <duration> at most (7d).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" unpinned' -l 'unpinned' -d 'Take jobs for GPUs on whose result several nodes must agree.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" max-content' -l 'max-content' -d 'Take code and inputs of <size> at most (4GiB).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" content-wait' -l 'content-wait' -d 'Wait <duration> for content that nobody has yet (2m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match"' -l 'gateway' -d 'Fetch content from the IPFS gateway <url>, too; may be given again.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" inventory' -l 'inventory' -d 'Take the GPUs from <file>: JSON Lines with \'gpu\'; by itself those of the descriptor.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" descriptor' -l 'descriptor' -d 'Take GPUs and price from the descriptor in <file>; by itself from the registered one.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node match" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish"' -l 'endpoint' -d 'Hand it to the node at <url>, not to registered ones; may be given again.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" copies' -l 'copies' -d 'Have <n> nodes take it (2); all of --endpoint by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node publish" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" stake' -l 'stake' -d 'Stake <amount>, such as 1ETH; the registry\'s minimum by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" owner' -l 'owner' -d 'Have the pay and the stake go to <address>; to the node\'s own account by itself.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" pool' -l 'pool' -d 'Speak to the pool at <url>, not to the chain.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" dry-run' -l 'dry-run' -d 'Sign and send nothing; tell what would be sent, and what it may cost.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" once' -l 'once' -d 'Send for the ID <id> once: where the account\'s journal has it, its transaction is told.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" no-journal' -l 'no-journal' -d 'Keep no journal: a crash may lose or repeat a transaction.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" confirmations' -l 'confirmations' -d 'Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" patience' -l 'patience' -d 'Give up after <duration> what the node does not know and nobody can offer again (1m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node register" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" pool' -l 'pool' -d 'Speak to the pool at <url>, not to the chain.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" dry-run' -l 'dry-run' -d 'Sign and send nothing; tell what would be sent, and what it may cost.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" once' -l 'once' -d 'Send for the ID <id> once: where the account\'s journal has it, its transaction is told.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" no-journal' -l 'no-journal' -d 'Keep no journal: a crash may lose or repeat a transaction.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" confirmations' -l 'confirmations' -d 'Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" patience' -l 'patience' -d 'Give up after <duration> what the node does not know and nobody can offer again (1m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node update" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" pool' -l 'pool' -d 'Speak to the pool at <url>, not to the chain.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" dry-run' -l 'dry-run' -d 'Sign and send nothing; tell what would be sent, and what it may cost.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" once' -l 'once' -d 'Send for the ID <id> once: where the account\'s journal has it, its transaction is told.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" no-journal' -l 'no-journal' -d 'Keep no journal: a crash may lose or repeat a transaction.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" confirmations' -l 'confirmations' -d 'Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" patience' -l 'patience' -d 'Give up after <duration> what the node does not know and nobody can offer again (1m).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" nonce' -l 'nonce' -d 'Give each sender\'s first transaction the nonce <n> (its pending count).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" gas' -l 'gas' -d 'Let the transaction use <n> gas, and ask for no estimate.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" gas-buffer' -l 'gas-buffer' -d 'Allow <factor> times the gas of the estimate (1.2).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" max-fee-per-gas' -l 'max-fee-per-gas' -d 'Offer exactly <amount> a unit of gas at most; --max-fee only bounds.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" type' -l 'type' -d 'Make a transaction of type <n>: 0, 1, 2 or 4.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" fees' -l 'fees' -d 'How much to offer for gas: slow, standard, fast or custom (standard).' -rfka 'slow standard fast custom'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" tip' -l 'tip' -d 'Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" max-fee' -l 'max-fee' -d 'Let a unit of gas cost at most <amount>; refuse where that is too little.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" gas-price' -l 'gas-price' -d 'Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" key' -l 'key' -d 'Sign with the key <name>, or with the keystore file at a path that has a slash.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" passphrase-file' -l 'passphrase-file' -d 'Read the passphrase from <file>; a newline at its end is not part of it.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" passphrase-fd' -l 'passphrase-fd' -d 'Read the passphrase from the open file descriptor <n>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" signer' -l 'signer' -d 'Have <command> sign, for a key held elsewhere.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" signer-timeout' -l 'signer-timeout' -d 'Give the external signer up after <seconds>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" from' -l 'from' -d 'Sign as <address>: needed with --signer where a record does not say.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node retire" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" pool' -l 'pool' -d 'Look in the pool at <url>, not on the chain.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" keep' -l 'keep' -d 'Let nodes with no good descriptor out too, with \'error\'.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" min-gpus' -l 'min-gpus' -d 'Leave out nodes with fewer than <n> GPUs that fit.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" gpu-type' -l 'gpu-type' -d 'Leave out nodes without GPUs of <type>, such as a100, or cuda:40GB:2,compute>=8.0.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" min-memory' -l 'min-memory' -d 'Leave out GPUs with less memory than <size>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" region' -l 'region' -d 'Leave out nodes outside of <region>; us-east-1 is in us-east.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" max-price' -l 'max-price' -d 'Leave out nodes that take more than <amount> an hour with the GPUs asked for.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" min-reputation' -l 'min-reputation' -d 'Leave out nodes of whose claims fewer than <n> of 100 ended with the verdict.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" probe' -l 'probe' -d 'Ask each node for its health, and add it with the latency.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node discover" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" pool' -l 'pool' -d 'Sum up the nodes whose records are in <file>; - is standard input.' -rF
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" probe' -l 'probe' -d 'Ask each node for its health, and add it with the latency.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" marketplace' -l 'marketplace' -d 'Act on the JobMarketplace at <address>, not on the one registered by that name.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info"' -l 'rpc-url' -l 'rpc' -d 'Reach the node\'s JSON-RPC at <url>; may be given again, for others to ask where it fails.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" quorum' -l 'quorum' -d 'Take an answer that cannot differ only where <k> endpoints give the same.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" chain' -l 'chain' -d 'Speak to the chain with this <id> and to no other.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" no-ens' -l 'no-ens' -d 'Look up no ENS names: take addresses alone.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" ens-registry' -l 'ens-registry' -d 'Look up ENS names at the registry <address>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" version' -l 'version' -d 'Show the version.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node info" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-node' -n '__sr-node_should_offer_completions_for_flags_or_options "sr-node help" version' -l 'version' -d 'Show the version.'
