#compdef dissect
# Completion of dissect for zsh: options as --help lists them, else files.
_arguments -- '*:capture:_files'
