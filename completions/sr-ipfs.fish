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
            __sr-ipfs_parse_subcommand -r 1 'r/recursive' 'n/only-hash' 'pin=' 'w/wrap' 'stdin-name=' 'dereference-args' 'H/hidden' 'ignore=+' 'ignore-rules-path=' 'empty-dirs=' 'dereference-symlinks' 'profile=' 'cid-version=' 'hash=' 'raw-leaves=' 's/chunker=' 't/trickle' 'max-file-links=' 'max-directory-links=' 'max-hamt-fanout=' 'inline' 'inline-limit=' 'preserve-mode' 'preserve-mtime' 'mode=' 'mtime=' 'mtime-nsecs=' 'to=+' 'remote=+' 'origin=+' 'meta=+' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'cat'
            __sr-ipfs_parse_subcommand -r 1 'offset=' 'length=' 'from=+' 'gateway=+' 'routing=+' 'private-gateways' 'offline' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'get'
            __sr-ipfs_parse_subcommand -r 1 'o/output=' 'a/archive' 'outside-links' 'max-entries=' 'from=+' 'gateway=+' 'routing=+' 'private-gateways' 'offline' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'ls'
            __sr-ipfs_parse_subcommand -r 1 'resolve-type=' 'from=+' 'gateway=+' 'routing=+' 'private-gateways' 'offline' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'stat'
            __sr-ipfs_parse_subcommand -r 1 'deep' 'max-blocks=' 'from=+' 'gateway=+' 'routing=+' 'private-gateways' 'offline' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'pin'
            __sr-ipfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'add'
                __sr-ipfs_parse_subcommand -r 1 'recursive=' 'name=' 'replace=' 'remote=+' 'origin=+' 'meta=+' 'from=+' 'gateway=+' 'routing=+' 'private-gateways' 'offline' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'rm'
                __sr-ipfs_parse_subcommand -r 1 'remote=+' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'list'
                __sr-ipfs_parse_subcommand -r 1 'type=' 'name=' 'status=+' 'match=' 'meta=+' 'remote=+' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'wait'
                __sr-ipfs_parse_subcommand -r 1 'remote=+' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
            end
        case 'replicate'
            __sr-ipfs_parse_subcommand -r 1 'to=+' 'prove' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'providers'
            __sr-ipfs_parse_subcommand -r 1 'limit=' 'routing=+' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'export'
            __sr-ipfs_parse_subcommand -r 1 'o/output=' 'dag-scope=' 'entity-bytes=' 'from=+' 'gateway=+' 'routing=+' 'private-gateways' 'offline' 'api=' 'api-auth=' 'api-auth-http' 'timeout=' 'idle-timeout=' 'retries=' 'rate=' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'import'
            __sr-ipfs_parse_subcommand -r 1 'pin=' 'partial' 'stats' 'progress=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'cid'
            __sr-ipfs_parse_subcommand -r 1 'base=' 'to-version=' 'codec=' 'verify=' 'j/jobs=' 'unordered' 'fail-fast' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'repo'
            __sr-ipfs_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'stat'
                __sr-ipfs_parse_subcommand 0 'reclaimable' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'gc'
                __sr-ipfs_parse_subcommand 0 'dry-run' 'progress=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'verify'
                __sr-ipfs_parse_subcommand 0 'progress=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            end
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
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'stat' -d 'Tell what content is, and, where asked, of which blocks it is made.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'pin' -d 'Say what is kept: here, by a Kubo node or by pinning services.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'replicate' -d 'Have Kubo nodes, repositories and archives hold content, and look that each does.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'providers' -d 'Tell who says that he has content.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'export' -d 'Write content as a CAR: all its blocks in one file.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'import' -d 'Put the blocks of CARs into the repository.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'cid' -d 'Take CIDs apart and write them in other forms.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'repo' -d 'Look after the repository.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" r recursive' -s 'r' -l 'recursive' -d 'Take directories, with all below them.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" n only-hash' -s 'n' -l 'only-hash' -d 'Compute CIDs only; write nothing.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" pin' -l 'pin' -d 'Keep what is added through sr-ipfs repo gc, the default, or not, with =false.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" w wrap' -s 'w' -l 'wrap' -d 'Put what is added into a directory, under its name.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" stdin-name' -l 'stdin-name' -d 'Give the content of standard input this <name>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" dereference-args' -l 'dereference-args' -d 'Follow the symbolic links that are named themselves.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" H hidden' -s 'H' -l 'hidden' -d 'Take in names that begin with a dot.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add"' -l 'ignore' -d 'Leave out what matches <pattern>, a line of gitignore; may be repeated.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" ignore-rules-path' -l 'ignore-rules-path' -d 'Leave out what the lines of <file> say, in the grammar of gitignore.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" empty-dirs' -l 'empty-dirs' -d 'Take in empty directories or, with =false, none.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" dereference-symlinks' -l 'dereference-symlinks' -d 'Take what symbolic links lead to, everywhere.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" profile' -l 'profile' -d 'Import by <profile>: unixfs-v1-2025, kubo-cidv1 or unixfs-v0-2015.' -rfka 'unixfs-v1-2025 kubo-cidv1 unixfs-v0-2015'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" cid-version' -l 'cid-version' -d 'Make CIDs of <version> 0 or 1; 1 implies raw leaves.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" hash' -l 'hash' -d 'Hash blocks by <function>: sha2-256, the only one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" raw-leaves' -l 'raw-leaves' -d 'Make each chunk a block as it is, or, with =false, a wrapped one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" chunker s' -s 's' -l 'chunker' -d 'Cut files by <chunker>: size-N, buzhash, rabin, rabin-AVG or rabin-MIN-AVG-MAX.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" t trickle' -l 'trickle' -s 't' -d 'Lay files out for reading from the beginning.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" max-file-links' -l 'max-file-links' -d 'Put at most <n> links into a node of a file.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" max-directory-links' -l 'max-directory-links' -d 'Spread a directory of more than <n> entries over several blocks.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" max-hamt-fanout' -l 'max-hamt-fanout' -d 'Give each block of a directory that is spread <n> places: a power of two.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" inline' -l 'inline' -d 'Put small blocks into their CIDs.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" inline-limit' -l 'inline-limit' -d 'Put blocks of up to <n> bytes into their CIDs, with --inline.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" preserve-mode' -l 'preserve-mode' -d 'Keep the permissions of files and directories.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" preserve-mtime' -l 'preserve-mtime' -d 'Keep the times at which files, directories and links were changed.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" mode' -l 'mode' -d 'Give files and directories these permissions: octal, as 0644.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" mtime' -l 'mtime' -d 'Give everything this time of change: <seconds> since 1970.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" mtime-nsecs' -l 'mtime-nsecs' -d 'Add so many <nanoseconds> to --mtime.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add"' -l 'to' -d 'Have <store> hold it, too: the Kubo node at an address, or api for the usual one; a new archive, <name>.car; a repository\'s <folder>/. May be repeated.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add"' -l 'remote' -d 'Speak to the pinning service <name>; several may be given.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add"' -l 'origin' -d 'Tell the service of a peer that has the content: <multiaddr>; up to 20.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add"' -l 'meta' -d 'Have the service keep <key=value> with the pin.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs add" -ge 1' -F
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" offset' -l 'offset' -d 'Begin <size> bytes into each file.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" length' -l 'length' -d 'Write <size> bytes of each file at most.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat"' -l 'from' -d 'Fetch what is not here from <source>: api, gateway, routing, a gateway\'s or Kubo node\'s address, a CAR file, or a repository\'s folder; from nobody with local.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat"' -l 'gateway' -d 'Fetch what is not here from the gateway at <url>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" private-gateways' -l 'private-gateways' -d 'Ask gateways in private networks, too, that a router names or a redirect leads to.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" offline' -l 'offline' -d 'Ask nobody: read what is here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" o output' -s 'o' -l 'output' -d 'Write to <path>, or into it where it is a directory.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" a archive' -s 'a' -l 'archive' -d 'Write a tar; with -o -, to stdout.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" outside-links' -l 'outside-links' -d 'Write symbolic links that lead out of the output, too.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" max-entries' -l 'max-entries' -d 'Write at most <n> files, directories and links of an operand.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get"' -l 'from' -d 'Fetch what is not here from <source>: api, gateway, routing, a gateway\'s or Kubo node\'s address, a CAR file, or a repository\'s folder; from nobody with local.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get"' -l 'gateway' -d 'Fetch what is not here from the gateway at <url>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" private-gateways' -l 'private-gateways' -d 'Ask gateways in private networks, too, that a router names or a redirect leads to.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" offline' -l 'offline' -d 'Ask nobody: read what is here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" resolve-type' -l 'resolve-type' -d 'Look at each entry\'s own block, or, with =false, tell only names.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls"' -l 'from' -d 'Fetch what is not here from <source>: api, gateway, routing, a gateway\'s or Kubo node\'s address, a CAR file, or a repository\'s folder; from nobody with local.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls"' -l 'gateway' -d 'Fetch what is not here from the gateway at <url>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" private-gateways' -l 'private-gateways' -d 'Ask gateways in private networks, too, that a router names or a redirect leads to.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" offline' -l 'offline' -d 'Ask nobody: read what is here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs ls" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" deep' -l 'deep' -d 'Go through all blocks below, and count them.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" max-blocks' -l 'max-blocks' -d 'With --deep, count at most <n> different blocks.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat"' -l 'from' -d 'Fetch what is not here from <source>: api, gateway, routing, a gateway\'s or Kubo node\'s address, a CAR file, or a repository\'s folder; from nobody with local.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat"' -l 'gateway' -d 'Fetch what is not here from the gateway at <url>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" private-gateways' -l 'private-gateways' -d 'Ask gateways in private networks, too, that a router names or a redirect leads to.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" offline' -l 'offline' -d 'Ask nobody: read what is here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs stat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs pin" -eq 1' -fa 'add' -d 'Keep content, fetching what is not here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs pin" -eq 1' -fa 'rm' -d 'Keep content no longer.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs pin" -eq 1' -fa 'list' -d 'Tell what is kept, and why.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs pin" -eq 1' -fa 'wait' -d 'Wait until pinning services keep content.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" recursive' -l 'recursive' -d 'Keep all that a CID leads to, the default, or, with =false, its block alone.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" name' -l 'name' -d 'Call the pins <name>; an empty one takes a name away.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" replace' -l 'replace' -d 'Have the service put the content in the place of what its <request> is for.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add"' -l 'remote' -d 'Speak to the pinning service <name>; several may be given.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add"' -l 'origin' -d 'Tell the service of a peer that has the content: <multiaddr>; up to 20.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add"' -l 'meta' -d 'Have the service keep <key=value> with the pin.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add"' -l 'from' -d 'Fetch what is not here from <source>: api, gateway, routing, a gateway\'s or Kubo node\'s address, a CAR file, or a repository\'s folder; from nobody with local.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add"' -l 'gateway' -d 'Fetch what is not here from the gateway at <url>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" private-gateways' -l 'private-gateways' -d 'Ask gateways in private networks, too, that a router names or a redirect leads to.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" offline' -l 'offline' -d 'Ask nobody: read what is here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm"' -l 'remote' -d 'Speak to the pinning service <name>; several may be given.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin rm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" type' -l 'type' -d 'Only pins of <type> recursive, direct or indirect; all three with all.' -rfka 'recursive direct indirect all'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" name' -l 'name' -d 'Only pins that have <name> in their names.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list"' -l 'status' -d 'Only requests that stand so: <status> queued, pinning, pinned or failed.' -rfka 'queued pinning pinned failed'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" match' -l 'match' -d 'Compare names by <way>: exact, iexact, partial or ipartial.' -rfka 'exact iexact partial ipartial'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list"' -l 'meta' -d 'Only requests with which <key=value> is kept.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list"' -l 'remote' -d 'Speak to the pinning service <name>; several may be given.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait"' -l 'remote' -d 'Speak to the pinning service <name>; several may be given.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs pin wait" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate"' -l 'to' -d 'Have <store> hold it: the Kubo node at an address, or api for the usual one; a new archive, <name>.car; a repository\'s <folder>/. May be repeated.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" prove' -l 'prove' -d 'Fetch every block back from each node, and hold it against its CID.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs replicate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" limit' -l 'limit' -d 'Tell of at most <n> providers of each (20).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs providers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" o output' -s 'o' -l 'output' -d 'Write to <path>, or, where it is a directory, into it as <cid>.car.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" dag-scope' -l 'dag-scope' -d 'Write a part, behind the blocks on the way to it: all below, entity (a file, or what lists a directory) or block.' -rfka 'all entity block'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" entity-bytes' -l 'entity-bytes' -d 'Of a file take the bytes <from:to> only, the last one included; * is the end.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export"' -l 'from' -d 'Fetch what is not here from <source>: api, gateway, routing, a gateway\'s or Kubo node\'s address, a CAR file, or a repository\'s folder; from nobody with local.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export"' -l 'gateway' -d 'Fetch what is not here from the gateway at <url>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export"' -l 'routing' -d 'Ask the router at <url> who has what.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" private-gateways' -l 'private-gateways' -d 'Ask gateways in private networks, too, that a router names or a redirect leads to.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" offline' -l 'offline' -d 'Ask nobody: read what is here.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" api' -l 'api' -d 'Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" api-auth' -l 'api-auth' -d 'Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" api-auth-http' -l 'api-auth-http' -d 'Tell it over plain http, too, to a node that is not on this machine.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" timeout' -l 'timeout' -d 'Give up on a record after <duration>.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" idle-timeout' -l 'idle-timeout' -d 'Give up on a connection that is silent for <duration> (60s).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" retries' -l 'retries' -d 'Repeat a request that may be repeated up to <n> times (4).' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" rate' -l 'rate' -d 'Send a node at most <n/s[:burst]> requests.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" pin' -l 'pin' -d 'Keep the roots with all that they lead to, the default, or not, with =false.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" partial' -l 'partial' -d 'Take archives that lack blocks of their roots\' DAGs; such roots are not pinned.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" stats' -l 'stats' -d 'Tell how many blocks and bytes the archive had, in the member "stats".'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs import" -ge 1' -F
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" base' -l 'base' -d 'Write in <base>: its name or its prefix, as base36 or k.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" to-version' -l 'to-version' -d 'Turn into <version> 0 or 1.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" codec' -l 'codec' -d 'Have the block read as <codec>: its name or its number, as raw or 0x55.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" verify' -l 'verify' -d 'Tell whether the bytes of <file> are the block that is named.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" j jobs' -s 'j' -l 'jobs' -d 'Work on up to <n> records at once.' -rfka ''
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" unordered' -l 'unordered' -d 'Let records out as they are done, not in the order of the input.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" fail-fast' -l 'fail-fast' -d 'Read no more after the first failure; finish what is in hand.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" 0 null' -s '0' -l 'null' -d 'Input items end with NUL, not newline.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs cid" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs repo" -eq 1' -fa 'stat' -d 'Tell how large the repository is.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs repo" -eq 1' -fa 'gc' -d 'Remove what is not pinned.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_positional "sr-ipfs repo" -eq 1' -fa 'verify' -d 'Hash every block; name those that are damaged.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo stat" reclaimable' -l 'reclaimable' -d 'Tell, too, what a sweep would give back; takes as long as repo gc --dry-run.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo stat" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo stat" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo stat" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo stat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo gc" dry-run' -l 'dry-run' -d 'Tell what would go; remove nothing.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo gc" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo gc" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo gc" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo gc" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo gc" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo verify" progress' -l 'progress' -d 'Append events of what is done to <file>, JSON Lines; - is stderr.' -rF
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo verify" q quiet' -s 'q' -l 'quiet' -d 'Say nothing on stderr but errors.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo verify" v verbose' -s 'v' -l 'verbose' -d 'Explain on stderr what is done.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo verify" version' -l 'version' -d 'Show the version.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs repo verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sr-ipfs' -n '__sr-ipfs_should_offer_completions_for_flags_or_options "sr-ipfs help" version' -l 'version' -d 'Show the version.'
