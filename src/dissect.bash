# Completion of dissect for bash: options as --help lists them, else files.
_dissect()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}

	COMPREPLY=()
	case $before in
	-t) COMPREPLY=($(compgen -W 'a ad adoy d dd e r u ud udoy' -- "$word")) ;;
	-u) COMPREPLY=($(compgen -W 's hms' -- "$word")) ;;
	-F) COMPREPLY=($(compgen -W 'pcapng pcap' -- "$word")) ;;
	--hexdump) COMPREPLY=($(compgen -W 'all frames ascii delimit noascii' -- "$word")) ;;
	-i | --interface) COMPREPLY=($(compgen -W "$(dissect -D 2>/dev/null | awk '{ print $2 }')" -- "$word")) ;;
	*)
		case $word in
		-*) COMPREPLY=($(compgen -W "$(dissect --help | grep -o '^ *-[^ ,=[]*\(, --[a-z-]*\)\?' | tr -d ,)" -- "$word")) ;;
		esac
		;;
	esac
}
complete -o default -F _dissect dissect
