# Completion of lakesh for fish. To have it:  lakesh completions fish | source

function __lakesh_complete
    set -l words (commandline -opc)
    command $words[1] complete -- $words[2..] (commandline -ct) 2>/dev/null
end

complete -c lakesh -f -k -a '(__lakesh_complete)'
