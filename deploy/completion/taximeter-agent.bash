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
      --amount | --as | --baud | --chip | --config | --country | --credentials | --currency | --from | --interval | --level | --limit | --lines | --meter | --note | --output | --parity | --phone | --port | --raw | --root | --seconds | --since | --socket | --template | --timeout | --to | --trip) option=$word ;;
      -*) ;;
      *)
        case "$command $word" in
          ' run' | ' setup' | ' config' | ' config check' | ' config show' | ' config explain' | ' status' | ' doctor' | ' support-bundle' | ' trips' | ' trip' | ' refund' | ' outbox' | ' outbox list' | ' outbox retry' | ' outbox hold' | ' outbox release' | ' outbox migrate' | ' outbox quarantine' | ' resolve' | ' gpio' | ' gpio watch' | ' network' | ' network test' | ' pay' | ' pay test' | ' keypad' | ' keypad test' | ' display' | ' display test' | ' printer' | ' printer test' | ' meter' | ' meter watch' | ' meter test' | ' meter replay' | ' meter learn' | ' logs' | ' completion') command+=" $word" ;;
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
      ' setup --from') kind=files ;;
      ' setup --root') kind=files ;;
      ' setup --credentials') words='files systemd-creds' ;;
      ' status --socket') kind=files ;;
      ' doctor --socket') kind=files ;;
      ' support-bundle --socket') kind=files ;;
      ' support-bundle --output') kind=files ;;
      ' trips --socket') kind=files ;;
      ' trip --socket') kind=files ;;
      ' refund --socket') kind=files ;;
      ' outbox list --socket') kind=files ;;
      ' outbox retry --socket') kind=files ;;
      ' outbox hold --socket') kind=files ;;
      ' outbox release --socket') kind=files ;;
      ' outbox migrate --from') words='litedb sqlite' ;;
      ' outbox migrate --to') words='litedb sqlite' ;;
      ' resolve --socket') kind=files ;;
      ' resolve --as') words='paid-otherwise' ;;
      ' gpio watch --socket') kind=files ;;
      ' keypad test --socket') kind=files ;;
      ' display test --socket') kind=files ;;
      ' printer test --socket') kind=files ;;
      ' meter watch --socket') kind=files ;;
      ' meter watch --raw') kind=files ;;
      ' meter watch --port') kind=files ;;
      ' meter watch --parity') words='even none odd' ;;
      ' meter test --socket') kind=files ;;
      ' meter test --port') kind=files ;;
      ' meter test --parity') words='even none odd' ;;
      ' meter replay --currency') words='DKK EUR NOK' ;;
      ' meter replay --country') words='DK FI NO SE' ;;
      ' meter learn --template') kind=files ;;
      ' logs --socket') kind=files ;;
      ' logs --trip') kind=trips ;;
      *' --config') kind=files ;;
    esac
  elif [[ $current == -* ]]; then
    case $command in
      '') words='--help --version --config' ;;
      ' run') words='--help --config' ;;
      ' setup') words='--from --yes --restart --root --credentials --json --help --config' ;;
      ' config') words='--help --config' ;;
      ' config check') words='--json --help --config' ;;
      ' config show') words='--json --help --config' ;;
      ' config explain') words='--json --help --config' ;;
      ' status') words='--socket --json --all --watch --interval --help --config' ;;
      ' doctor') words='--socket --json --timeout --help --config' ;;
      ' support-bundle') words='--socket --json --output --since --help --config' ;;
      ' trips') words='--socket --json --open --failed --since --limit --help --config' ;;
      ' trip') words='--socket --json --help --config' ;;
      ' refund') words='--socket --json --amount --yes --help --config' ;;
      ' outbox') words='--help --config' ;;
      ' outbox list') words='--socket --json --help --config' ;;
      ' outbox retry') words='--socket --json --all --yes --help --config' ;;
      ' outbox hold') words='--socket --json --yes --help --config' ;;
      ' outbox release') words='--socket --json --yes --help --config' ;;
      ' outbox migrate') words='--from --to --json --help --config' ;;
      ' outbox quarantine') words='--force --yes --json --help --config' ;;
      ' resolve') words='--socket --json --as --note --give-up --yes --help --config' ;;
      ' gpio') words='--help --config' ;;
      ' gpio watch') words='--socket --json --chip --active-low --pull-up --list --help --config' ;;
      ' network') words='--help --config' ;;
      ' network test') words='--json --timeout --help --config' ;;
      ' pay') words='--help --config' ;;
      ' pay test') words='--json --amount --phone --approve --capture --timeout --yes --help --config' ;;
      ' keypad') words='--help --config' ;;
      ' keypad test') words='--socket --json --seconds --help --config' ;;
      ' display') words='--help --config' ;;
      ' display test') words='--socket --json --seconds --help --config' ;;
      ' printer') words='--help --config' ;;
      ' printer test') words='--socket --json --seconds --help --config' ;;
      ' meter') words='--help --config' ;;
      ' meter watch') words='--socket --json --raw --port --baud --parity --listen --help --config' ;;
      ' meter test') words='--socket --json --seconds --port --baud --parity --listen --help --config' ;;
      ' meter replay') words='--json --meter --currency --country --help --config' ;;
      ' meter learn') words='--json --template --help --config' ;;
      ' logs') words='--socket --json --since --trip --level --lines --follow --help --config' ;;
      ' completion') words='--help --config' ;;
    esac
  else
    case "$command:$count" in
      ':0') words='run setup config status doctor support-bundle trips trip refund outbox resolve gpio network pay keypad display printer meter logs completion' ;;
      ' config:0') words='check show explain' ;;
      ' config explain:0') words='Car:Id Car:Prefix Car:Country Car:Language Car:Currency Car:Brand EPayment:BaseUrl EPayment:MerchantSerialNumber EPayment:ClientId EPayment:ClientSecret EPayment:SubscriptionKey EPayment:CertificateAuthorities EPayment:ConnectTimeout EPayment:TryTimeout EPayment:ConnectionLifetime EPayment:PollFirst EPayment:PollEvery EPayment:PaymentLifetime EPayment:CertaintyMargin EPayment:BackoffFirst EPayment:BackoffMost EPayment:RateWindow Meter:Id Meter:Source Meter:Serial:Port Meter:Serial:BaudRate Meter:Serial:Parity Meter:Serial:Driver Meter:AnswerTimeout Meter:AnswerPause Meter:Heartbeat Meter:HeartbeatLost Meter:Contacts:Chip Meter:Contacts:Hired Meter:Contacts:Stopped Meter:Contacts:Paid Meter:Contacts:ActiveLow Meter:Contacts:Bias Meter:Contacts:Debounce Meter:Contacts:Vat Meter:Contacts:Fifo Meter:Printer:Template Meter:Printer:Quiet Meter:Printer:Vat Ignition:Chip Ignition:Line Ignition:ActiveLow Ignition:Bias Ignition:Debounce Ignition:HoldUp Ignition:Fifo Signals:Chip Signals:Paid Signals:Refused Signals:Attention Signals:ActiveLow Gpio:Driver Driver:Keypad Driver:KeypadDevice Driver:KeypadFifo Driver:Matrix:Chip Driver:Matrix:Rows Driver:Matrix:Columns Driver:Matrix:Layout Driver:Matrix:Debounce Driver:Keymap Driver:Display Driver:DisplayDevice Driver:DisplayAddress Driver:DisplayFifo Driver:DisplayBaudRate Driver:DisplayCodePage Driver:DisplayColumns Driver:DisplayRows Driver:Lcd:Chip Driver:Lcd:RegisterSelect Driver:Lcd:Enable Driver:Lcd:Data Driver:Lcd:Light Driver:RefundPin Printer:Kind Printer:Port Printer:BaudRate Printer:FlowControl Printer:Status Printer:Columns Printer:CodePage Printer:Qr Printer:Cut Printer:Header Printer:Receipt Printer:MeterPort Printer:Bypass Printer:Quiet Outbox:Store Outbox:Directory Outbox:PhoneRetention Outbox:HistoryRetention Outbox:HistoryMaximum Outbox:Reserve Outbox:UpkeepEvery Policy:OfflineMaxAge Policy:OfflineMaxCount Policy:OfflineMaxAmount Policy:NoShowAfter Policy:OrphanAfter Policy:ReserveAhead Policy:ChoiceTimeout Policy:VoidAfterCapture Webhooks:Listen Webhooks:Path Webhooks:Secret Relay:Uri Relay:User Relay:Password Relay:CaFile Relay:ReportEvery Relay:ReconnectFirst Relay:ReconnectMost Relay:Heartbeat Telemetry:Otlp:Endpoint Telemetry:Otlp:Headers Telemetry:Otlp:Interval Control:Socket' ;;
      ' trip:0') kind=trips ;;
      ' refund:0') kind=trips ;;
      ' outbox:0') words='list retry hold release migrate quarantine' ;;
      ' outbox retry:0') kind=trips ;;
      ' outbox hold:0') kind=trips ;;
      ' outbox release:0') kind=trips ;;
      ' resolve:0') kind=trips ;;
      ' gpio:0') words='watch' ;;
      ' network:0') words='test' ;;
      ' pay:0') words='test' ;;
      ' keypad:0') words='test' ;;
      ' display:0') words='test' ;;
      ' printer:0') words='test' ;;
      ' meter:0') words='watch test replay learn' ;;
      ' meter replay:0') kind=files ;;
      ' meter learn:0') kind=files ;;
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
