# Completion of lakesh for bash. To have it:  source <(lakesh completions bash)

_lakesh() {
    # bash takes = and : for the ends of words; lakesh does not.
    local words=() word joins= current=${COMP_WORDS[COMP_CWORD]}
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ ${#words[@]} -gt 0 && ( -n $joins || $word == [=:]* ) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        joins=
        [[ $word == *[=:] ]] && joins=1
    done
    [[ $current == [=:] ]] && current=
    local typed=${words[-1]}
    local start=${typed%"$current"}

    COMPREPLY=()
    local line text
    while IFS= read -r line; do
        text=${line%%$'\t'*}
        # Only what stands behind the last = or : is put in.
        COMPREPLY+=("${text#"$start"}")
        case $line in
            *$'\tfile' | *$'\tfolder') compopt -o filenames 2>/dev/null ;;
        esac
        [[ $text == *[/=] ]] && compopt -o nospace 2>/dev/null
    done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" 2>/dev/null)
}

complete -F _lakesh lakesh
