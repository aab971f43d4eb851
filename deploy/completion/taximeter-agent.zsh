#compdef taximeter-agent
# Completion of taximeter-agent for zsh. Written by `taximeter-agent completion zsh`; edit the commands instead.
# All words stand here but the trips, which the running agent is asked for.

_taximeter_agent() {
  local current=$words[CURRENT] option='' command='' word kind='' index
  local -i count=0
  local -a known asked
  for ((index = 2; index < CURRENT; index++)); do
    word=$words[index]
    if [[ -n $option ]]; then
      [[ $option == --config || $option == --socket ]] && asked+=($option ${(Q)word})
      option=''
      continue
    fi
    case $word in
      (--amount|--baud|--chip|--config|--limit|--parity|--port|--seconds|--since|--socket) option=$word ;;
      (-*) ;;
      (*)
        case "$command $word" in
          (' run'|' config'|' config check'|' status'|' trips'|' trip'|' refund'|' outbox'|' outbox list'|' gpio'|' gpio watch'|' keypad'|' keypad test'|' display'|' display test'|' meter'|' meter watch'|' meter test'|' completion') command+=" $word" ;;
          (*) count+=1 ;;
        esac
        ;;
    esac
  done
  if [[ -z $option && $current == --*=* ]]; then
    option=${current%%=*}
    compset -P '*='
  fi
  if [[ -n $option ]]; then
    case "$command $option" in
      (' status --socket') kind=files ;;
      (' trips --socket') kind=files ;;
      (' trip --socket') kind=files ;;
      (' refund --socket') kind=files ;;
      (' outbox list --socket') kind=files ;;
      (' gpio watch --socket') kind=files ;;
      (' keypad test --socket') kind=files ;;
      (' display test --socket') kind=files ;;
      (' meter watch --socket') kind=files ;;
      (' meter watch --port') kind=files ;;
      (' meter watch --parity') kind=words known=(even none odd) ;;
      (' meter test --socket') kind=files ;;
      (' meter test --port') kind=files ;;
      (' meter test --parity') kind=words known=(even none odd) ;;
      (*' --config') kind=files ;;
    esac
  elif [[ $current == -* ]]; then
    kind=options
    case $command in
      ('')
        known=(
          '--help:Show help and usage information'
          '--version:Show version information'
          '--config:The configuration file'
        )
        ;;
      (' run')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' config')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' config check')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' status')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' trips')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--open:Only trips that are not finished'
          '--failed:Only trips that a person has to look at'
          '--since:Only trips learnt since then'
          '--limit:At most so many, 1 to 1000'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' trip')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' refund')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--amount:Minor units that shall have been refunded in all when this is done, earlier refunds included'
          '--yes:Does not ask'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' outbox')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' outbox list')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' gpio')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' gpio watch')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--chip:Their chip'
          '--active-low:A line is on when it is low'
          '--pull-up:The chip'\''s own resistors pull the lines up'
          '--list:Lists chips and lines, and watches none'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' keypad')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' keypad test')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--seconds:How long keys are listened for'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' display')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' display test')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--seconds:How long each picture is shown on the display itself'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' meter')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' meter watch')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--port:The device itself, though an agent may run'
          '--baud:Bits a second, with --port'
          '--parity:none, even or odd, with --port'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' meter test')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--seconds:How long the meter may take'
          '--port:The device itself, though an agent may run'
          '--baud:Bits a second, with --port'
          '--parity:none, even or odd, with --port'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' completion')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
    esac
  else
    case "$command:$count" in
      (':0')
        known=(
          'run:Runs the agent until SIGTERM or Ctrl+C'
          'config:Looks at the configuration'
          'status:Says how the running agent is'
          'trips:Lists trips, newest first'
          'trip:Shows a trip, its payments and its history'
          'refund:Refunds a trip, in full or in part'
          'outbox:Shows and steers what is still to be sent'
          'gpio:Looks at GPIO lines'
          'keypad:Looks at the driver'\''s keypad'
          'display:Looks at the driver'\''s display'
          'meter:Looks at the meter'\''s line'
          'completion:Prints the script with which a shell completes the commands at TAB'
        )
        ;;
      (' config:0')
        known=(
          'check:Checks the configuration'
        )
        ;;
      (' trip:0') kind=trips ;;
      (' refund:0') kind=trips ;;
      (' outbox:0')
        known=(
          'list:Lists the calls that are still to be made, the next first'
        )
        ;;
      (' gpio:0')
        known=(
          'watch:Lists chips and lines, then prints the edges of lines until Ctrl+C'
        )
        ;;
      (' keypad:0')
        known=(
          'test:Says every key that is pressed'
        )
        ;;
      (' display:0')
        known=(
          'test:Shows pictures to look at'
        )
        ;;
      (' meter:0')
        known=(
          'watch:Shows every frame of both sides, until Ctrl+C'
          'test:Waits for the meter to be heard and to hear, or says what is wrong with the line'
        )
        ;;
      (' completion:0') kind=words known=(bash fish zsh) ;;
    esac
  fi
  case $kind in
    (files) _files ;;
    (trips) compadd -- ${(f)"$(taximeter-agent complete trips $asked 2>/dev/null)"} ;;
    (words) compadd -- $known ;;
    (options) _describe -o option known ;;
    (*) (($#known)) && _describe command known ;;
  esac
}

# Called by the completion system when it stands in $fpath; declared here when it is read by eval.
if [[ $funcstack[1] == _taximeter-agent ]]; then
  _taximeter_agent "$@"
else
  compdef _taximeter_agent taximeter-agent
fi
