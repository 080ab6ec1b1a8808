#compdef lakesh
# Completion of lakesh for zsh. To have it:  source <(lakesh completions zsh)   after compinit

_lakesh() {
    local line text
    local -a ended open ended_shown open_shown
    while IFS= read -r line; do
        text=${line%%$'\t'*}
        if [[ $text == */ || $text == *= ]]; then
            open+=("$text")
            open_shown+=("$text")
        else
            ended+=("$text")
            ended_shown+=("$text${${line#*$'\t'}:+  -- ${line#*$'\t'}}")
        fi
    done < <("${words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( $#ended )) && compadd -l -d ended_shown -a ended
    (( $#open )) && compadd -S '' -d open_shown -a open
    (( $#ended + $#open ))
}

if [[ $funcstack[1] == _lakesh ]]; then
    _lakesh
else
    compdef _lakesh lakesh
fi
