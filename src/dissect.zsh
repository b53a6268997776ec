#compdef dissect
# Completion of dissect for zsh: options and their values as `dissect -G options` lists them, fields and protocols by -G, else files.

# _dissect_last LISTING: the last name in a word, which may be a quoted filter, completed from the listing.
_dissect_last()
{
	[[ -n $compstate[quote] ]] && compset -q
	compset -P '*[^a-zA-Z0-9_.-]'
	compadd -- ${(f)"$(dissect -G $1 $PREFIX | cut -f 3)"}
}

_dissect_interfaces()
{
	compadd -- ${(f)"$(dissect -D 2>/dev/null | awk '{ print $2 }')"}
}

# _dissect_action VALUE: what completes it, as _arguments names it.
_dissect_action()
{
	local -a values

	case $1 in
	*\|*)
		values=(${(s:|:)1})
		values=(${values%%[A-Z]##})
		print -r -- "(${values//:/\\:})"
		;;
	FILE) print -r -- _files ;;
	INTERFACE) print -r -- _dissect_interfaces ;;
	FIELD | FILTER | PREFIX | COLUMN,...) print -r -- '{_dissect_last fields}' ;;
	PROTOCOL,...) print -r -- '{_dissect_last protocols}' ;;
	*) print -r -- ' ' ;;
	esac
}

_dissect()
{
	setopt local_options extended_glob
	local -a specs row
	local line name value help

	for line in ${(f)"$(dissect -G options)"}; do
		row=("${(@ps:\t:)line}")
		value=${${row[2]#\[}#=}
		value=${value%\]}
		help=${row[3]//(#m)[\[\]\\]/\\$MATCH}
		value=${value//:/\\:}:$(_dissect_action $value)
		for name in ${(s: :)row[1]}; do
			case $row[2]:$name in
			:*) specs+=("*${name}[$help]") ;;
			\[*) specs+=("*${name}=-[$help]::$value") ;;
			*:--*) specs+=("*${name}=[$help]:$value") ;;
			*) specs+=("*${name}+[$help]:$value") ;;
			esac
		done
	done
	_arguments -s $specs '*:capture:_files'
}

_dissect "$@"
