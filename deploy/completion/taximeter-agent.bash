# shellcheck shell=bash
# Completion of taximeter-agent for bash. Written by `taximeter-agent completion bash`; edit the commands instead.
# All words stand here but the trips, which the running agent is asked for.

_taximeter_agent() {
  local line=${COMP_LINE:0:COMP_POINT} current option='' command='' word kind='' words='' count=0 index
  local -a typed asked=()
  # Not COMP_WORDS: bash breaks those at every colon, and keys of the configuration have some.
  read -ra typed <<<"$line"
  [[ $line == *[[:space:]] ]] && typed+=('')
  current=${typed[-1]}
  for ((index = 1; index < ${#typed[@]} - 1; index++)); do
    word=${typed[index]}
    if [[ $option ]]; then
      [[ $option == --config || $option == --socket ]] && asked+=("$option" "$word")
      option=''
      continue
    fi
    case $word in
      --amount | --baud | --chip | --config | --limit | --parity | --port | --seconds | --since | --socket) option=$word ;;
      -*) ;;
      *)
        case "$command $word" in
          ' run' | ' config' | ' config check' | ' status' | ' trips' | ' trip' | ' refund' | ' outbox' | ' outbox list' | ' gpio' | ' gpio watch' | ' keypad' | ' keypad test' | ' display' | ' display test' | ' meter' | ' meter watch' | ' meter test' | ' completion') command+=" $word" ;;
          *) ((count++)) ;;
        esac
        ;;
    esac
  done
  if [[ ! $option && $current == --*=* ]]; then
    option=${current%%=*}
    current=${current#*=}
  fi
  if [[ $option ]]; then
    case "$command $option" in
      ' status --socket') kind=files ;;
      ' trips --socket') kind=files ;;
      ' trip --socket') kind=files ;;
      ' refund --socket') kind=files ;;
      ' outbox list --socket') kind=files ;;
      ' gpio watch --socket') kind=files ;;
      ' keypad test --socket') kind=files ;;
      ' display test --socket') kind=files ;;
      ' meter watch --socket') kind=files ;;
      ' meter watch --port') kind=files ;;
      ' meter watch --parity') words='even none odd' ;;
      ' meter test --socket') kind=files ;;
      ' meter test --port') kind=files ;;
      ' meter test --parity') words='even none odd' ;;
      *' --config') kind=files ;;
    esac
  elif [[ $current == -* ]]; then
    case $command in
      '') words='--help --version --config' ;;
      ' run') words='--help --config' ;;
      ' config') words='--help --config' ;;
      ' config check') words='--help --config' ;;
      ' status') words='--socket --json --help --config' ;;
      ' trips') words='--socket --json --open --failed --since --limit --help --config' ;;
      ' trip') words='--socket --json --help --config' ;;
      ' refund') words='--socket --json --amount --yes --help --config' ;;
      ' outbox') words='--help --config' ;;
      ' outbox list') words='--socket --json --help --config' ;;
      ' gpio') words='--help --config' ;;
      ' gpio watch') words='--socket --json --chip --active-low --pull-up --list --help --config' ;;
      ' keypad') words='--help --config' ;;
      ' keypad test') words='--socket --json --seconds --help --config' ;;
      ' display') words='--help --config' ;;
      ' display test') words='--socket --json --seconds --help --config' ;;
      ' meter') words='--help --config' ;;
      ' meter watch') words='--socket --json --port --baud --parity --help --config' ;;
      ' meter test') words='--socket --json --seconds --port --baud --parity --help --config' ;;
      ' completion') words='--help --config' ;;
    esac
  else
    case "$command:$count" in
      ':0') words='run config status trips trip refund outbox gpio keypad display meter completion' ;;
      ' config:0') words='check' ;;
      ' trip:0') kind=trips ;;
      ' refund:0') kind=trips ;;
      ' outbox:0') words='list' ;;
      ' gpio:0') words='watch' ;;
      ' keypad:0') words='test' ;;
      ' display:0') words='test' ;;
      ' meter:0') words='watch test' ;;
      ' completion:0') words='bash fish zsh' ;;
    esac
  fi
  COMPREPLY=()
  case $kind in
    files)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    trips)
      while IFS= read -r word; do
        # What a meter calls a trip is not for the shell to read.
        [[ $word == "$current"* ]] && COMPREPLY+=("$(printf %q "$word")")
      done < <(taximeter-agent complete trips "${asked[@]}" 2>/dev/null)
      ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current") ;;
  esac
  # bash replaces only what stands behind the last colon.
  if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then
    word=${current%"${current##*:}"}
    COMPREPLY=("${COMPREPLY[@]#"$word"}")
  fi
}
complete -F _taximeter_agent taximeter-agent
