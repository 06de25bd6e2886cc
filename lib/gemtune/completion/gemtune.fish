# Completion of gemtune in fish. Load it with: gemtune completion fish | source

function __gemtune_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l plain (string unescape -- $current); and set current $plain
    set -l start (string match -r -- '^--[^=]*=' $current)
    for line in ($program completion answer -- $words "$current" 2>/dev/null)
        switch $line
            case :file
                printf '%s\n' "$start"(__fish_complete_path (string replace -r -- '^--[^=]*=' '' $current))
            case :directory
                printf '%s\n' "$start"(__fish_complete_directories (string replace -r -- '^--[^=]*=' '' $current) '')
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c gemtune -f -a '(__gemtune_complete)'
