# Completion of dissect for bash: options and their values as `dissect -G options` lists them, fields and protocols by -G, else files.
_dissect()
{
	local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} value

	COMPREPLY=()
	# COMP_WORDBREAKS parts --color=never in three.
	[[ $word == '=' ]] && word=
	[[ $option == '=' ]] && option=${COMP_WORDS[COMP_CWORD - 2]}
	if [[ $word == -* ]]; then
		COMPREPLY=($(compgen -W "$(dissect -G options | cut -f 1)" -- "$word"))
		return
	fi
	value=$(dissect -G options | awk -F '\t' -v option="$option" '
		{ n = split($1, names, " "); for (i = 1; i <= n; i++) if (names[i] == option) { print $2; exit } }')
	value=${value#[}
	value=${value#=}
	value=${value%]}
	case $value in
	*'|'*) COMPREPLY=($(compgen -W "$(tr '|' '\n' <<<"$value" | sed 's/[A-Z]*$//')" -- "$word")) ;;
	INTERFACE) COMPREPLY=($(compgen -W "$(dissect -D 2>/dev/null | awk '{ print $2 }')" -- "$word")) ;;
	FIELD | FILTER | PREFIX | COLUMN,...) _dissect_last fields "$word" ;;
	PROTOCOL,...) _dissect_last protocols "$word" ;;
	esac
}

# _dissect_last LISTING WORD: the last name in WORD, which may be a quoted filter, completed from the listing.
_dissect_last()
{
	local word=${2#[\'\"]} last
	last=${word##*[!a-zA-Z0-9_.-]}
	mapfile -t COMPREPLY < <(dissect -G "$1" "$last" | cut -f 3 | while read -r name; do echo "${word%"$last"}$name"; done)
}
complete -o default -F _dissect dissect
