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
      (--amount|--as|--baud|--chip|--config|--country|--credentials|--currency|--from|--interval|--level|--limit|--lines|--meter|--note|--output|--parity|--phone|--port|--raw|--root|--seconds|--since|--socket|--template|--timeout|--to|--trip) option=$word ;;
      (-*) ;;
      (*)
        case "$command $word" in
          (' run'|' setup'|' config'|' config check'|' config show'|' config explain'|' status'|' doctor'|' support-bundle'|' trips'|' trip'|' refund'|' outbox'|' outbox list'|' outbox retry'|' outbox hold'|' outbox release'|' outbox migrate'|' outbox quarantine'|' resolve'|' gpio'|' gpio watch'|' network'|' network test'|' pay'|' pay test'|' keypad'|' keypad test'|' display'|' display test'|' printer'|' printer test'|' meter'|' meter watch'|' meter test'|' meter replay'|' meter learn'|' logs'|' completion') command+=" $word" ;;
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
      (' setup --from') kind=files ;;
      (' setup --root') kind=files ;;
      (' setup --credentials') kind=words known=(files systemd-creds) ;;
      (' status --socket') kind=files ;;
      (' doctor --socket') kind=files ;;
      (' support-bundle --socket') kind=files ;;
      (' support-bundle --output') kind=files ;;
      (' trips --socket') kind=files ;;
      (' trip --socket') kind=files ;;
      (' refund --socket') kind=files ;;
      (' outbox list --socket') kind=files ;;
      (' outbox retry --socket') kind=files ;;
      (' outbox hold --socket') kind=files ;;
      (' outbox release --socket') kind=files ;;
      (' outbox migrate --from') kind=words known=(litedb sqlite) ;;
      (' outbox migrate --to') kind=words known=(litedb sqlite) ;;
      (' resolve --socket') kind=files ;;
      (' resolve --as') kind=words known=(paid-otherwise) ;;
      (' gpio watch --socket') kind=files ;;
      (' keypad test --socket') kind=files ;;
      (' display test --socket') kind=files ;;
      (' printer test --socket') kind=files ;;
      (' meter watch --socket') kind=files ;;
      (' meter watch --raw') kind=files ;;
      (' meter watch --port') kind=files ;;
      (' meter watch --parity') kind=words known=(even none odd) ;;
      (' meter test --socket') kind=files ;;
      (' meter test --port') kind=files ;;
      (' meter test --parity') kind=words known=(even none odd) ;;
      (' meter replay --currency') kind=words known=(DKK EUR NOK) ;;
      (' meter replay --country') kind=words known=(DK FI NO SE) ;;
      (' meter learn --template') kind=files ;;
      (' logs --socket') kind=files ;;
      (' logs --trip') kind=trips ;;
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
      (' setup')
        known=(
          '--from:Takes the values from a file of the same form as the configuration, secrets included, and asks nothing'
          '--yes:Does not ask'
          '--restart:Starts a running agent anew, without asking, if something has changed'
          '--root:Writes into the tree of an image instead'
          '--credentials:How secrets are kept'
          '--json:What was done and found, as JSON'
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
          '--json:As JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' config show')
        known=(
          '--json:As JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' config explain')
        known=(
          '--json:As JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' status')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--all:The figures too'
          '--watch:Looks again and again, and shows what has changed, until Ctrl+C'
          '--interval:With --watch'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' doctor')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--timeout:How many seconds the meter and each step of the network may take'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' support-bundle')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--output:The file to write, which must not be there'
          '--since:From when on the log is taken'
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
      (' outbox retry')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--all:For all trips'
          '--yes:Does not ask'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' outbox hold')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--yes:Does not ask'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' outbox release')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--yes:Does not ask'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' outbox migrate')
        known=(
          '--from:What keeps the trips now'
          '--to:What shall keep them'
          '--json:What was done as JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' outbox quarantine')
        known=(
          '--force:Also a database with which nothing is wrong, or that a newer agent has written'
          '--yes:Does not ask'
          '--json:What was done as JSON'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' resolve')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--as:What is so'
          '--note:Why, for the history'
          '--give-up:Closes the trip over what cannot be undone'
          '--yes:Does not ask'
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
      (' network')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' network test')
        known=(
          '--json:What was found, as JSON'
          '--timeout:How many seconds each step may take'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' pay')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' pay test')
        known=(
          '--json:What was found, as JSON'
          '--amount:Minor units'
          '--phone:The number of a test user'
          '--approve:Approves in the customer'\''s place, which the test environment allows'
          '--capture:Captures what is approved and refunds it, where else it is released'
          '--timeout:How many seconds the customer may take'
          '--yes:Does not ask'
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
      (' printer')
        known=(
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' printer test')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--seconds:How long the page may wait for the printer, or for the meter to be quiet'
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
          '--raw:Writes the meter'\''s bytes to a new file as well, unmasked, for meter replay'
          '--port:The device itself, though an agent may run'
          '--baud:Bits a second, with --port'
          '--parity:none, even or odd, with --port'
          '--listen:Says nothing on the line'
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
          '--listen:Says nothing on the line'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' meter replay')
        known=(
          '--json:What was found, as JSON'
          '--meter:The only meter that is listened to'
          '--currency:The sales unit'\''s'
          '--country:Whose national numbers need no code'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' meter learn')
        known=(
          '--json:What was found, as JSON'
          '--template:A template by its name or file'
          '--help:Show help and usage information'
          '--config:The configuration file'
        )
        ;;
      (' logs')
        known=(
          '--socket:The agent'\''s control socket'
          '--json:The agent'\''s answer as JSON'
          '--since:Only what was logged since then'
          '--trip:Only lines about this trip, by its number, its whole name or its payments'\'' references'
          '--level:Only this level and worse'
          '--lines:At most so many, the newest'
          '--follow:Goes on with what is logged from now on, until Ctrl+C'
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
          'setup:Asks for everything that a car needs, writes configuration and credentials, and checks them'
          'config:Looks at the configuration'
          'status:Says how the agent and each part of the car are, and what to do'
          'doctor:Checks everything once'
          'support-bundle:Writes one file with what support asks for'
          'trips:Lists trips, newest first'
          'trip:Shows a trip, its payments and its history'
          'refund:Refunds a trip, in full or in part'
          'outbox:Shows and steers what is still to be sent'
          'resolve:Takes your word that a trip was paid otherwise'
          'gpio:Looks at GPIO lines'
          'network:Looks at the way to the payment service'
          'pay:Tries a payment out'
          'keypad:Looks at the driver'\''s keypad'
          'display:Looks at the driver'\''s display'
          'printer:Looks at the customer'\''s printer'
          'meter:Looks at the meter'\''s line'
          'logs:Shows the service'\''s log, from the journal'
          'completion:Prints the script with which a shell completes the commands at TAB'
        )
        ;;
      (' config:0')
        known=(
          'check:Checks the configuration'
          'show:Shows every key'\''s value and where it came from'
          'explain:Says what a key means, its unit, range and default, and how it stands'
        )
        ;;
      (' config explain:0') kind=words known=(Car:Id Car:Prefix Car:Country Car:Language Car:Currency Car:Brand EPayment:BaseUrl EPayment:MerchantSerialNumber EPayment:ClientId EPayment:ClientSecret EPayment:SubscriptionKey EPayment:CertificateAuthorities EPayment:ConnectTimeout EPayment:TryTimeout EPayment:ConnectionLifetime EPayment:PollFirst EPayment:PollEvery EPayment:PaymentLifetime EPayment:CertaintyMargin EPayment:BackoffFirst EPayment:BackoffMost EPayment:RateWindow Meter:Id Meter:Source Meter:Serial:Port Meter:Serial:BaudRate Meter:Serial:Parity Meter:Serial:Driver Meter:AnswerTimeout Meter:AnswerPause Meter:Heartbeat Meter:HeartbeatLost Meter:Contacts:Chip Meter:Contacts:Hired Meter:Contacts:Stopped Meter:Contacts:Paid Meter:Contacts:ActiveLow Meter:Contacts:Bias Meter:Contacts:Debounce Meter:Contacts:Vat Meter:Contacts:Fifo Meter:Printer:Template Meter:Printer:Quiet Meter:Printer:Vat Ignition:Chip Ignition:Line Ignition:ActiveLow Ignition:Bias Ignition:Debounce Ignition:HoldUp Ignition:Fifo Signals:Chip Signals:Paid Signals:Refused Signals:Attention Signals:ActiveLow Gpio:Driver Driver:Keypad Driver:KeypadDevice Driver:KeypadFifo Driver:Matrix:Chip Driver:Matrix:Rows Driver:Matrix:Columns Driver:Matrix:Layout Driver:Matrix:Debounce Driver:Keymap Driver:Display Driver:DisplayDevice Driver:DisplayAddress Driver:DisplayFifo Driver:DisplayBaudRate Driver:DisplayCodePage Driver:DisplayColumns Driver:DisplayRows Driver:Lcd:Chip Driver:Lcd:RegisterSelect Driver:Lcd:Enable Driver:Lcd:Data Driver:Lcd:Light Driver:RefundPin Printer:Kind Printer:Port Printer:BaudRate Printer:FlowControl Printer:Status Printer:Columns Printer:CodePage Printer:Qr Printer:Cut Printer:Header Printer:Receipt Printer:MeterPort Printer:Bypass Printer:Quiet Outbox:Store Outbox:Directory Outbox:PhoneRetention Outbox:HistoryRetention Outbox:HistoryMaximum Outbox:Reserve Outbox:UpkeepEvery Policy:OfflineMaxAge Policy:OfflineMaxCount Policy:OfflineMaxAmount Policy:NoShowAfter Policy:OrphanAfter Policy:ReserveAhead Policy:ChoiceTimeout Policy:VoidAfterCapture Webhooks:Listen Webhooks:Path Webhooks:Secret Relay:Uri Relay:User Relay:Password Relay:CaFile Relay:ReportEvery Relay:ReconnectFirst Relay:ReconnectMost Relay:Heartbeat Telemetry:Otlp:Endpoint Telemetry:Otlp:Headers Telemetry:Otlp:Interval Control:Socket) ;;
      (' trip:0') kind=trips ;;
      (' refund:0') kind=trips ;;
      (' outbox:0')
        known=(
          'list:Lists the calls that are still to be made, the next first'
          'retry:Tries now what waits for its time'
          'hold:Sends nothing new for a trip until it is released'
          'release:Lets a held trip go on'
          'migrate:Carries the trips over from one store to another, compares both, and keeps the old one'
          'quarantine:Sets a database aside that cannot be used, keeps it, and begins a new one'
        )
        ;;
      (' outbox retry:0') kind=trips ;;
      (' outbox hold:0') kind=trips ;;
      (' outbox release:0') kind=trips ;;
      (' resolve:0') kind=trips ;;
      (' gpio:0')
        known=(
          'watch:Lists chips and lines, then prints the edges of lines until Ctrl+C'
        )
        ;;
      (' network:0')
        known=(
          'test:Tests modem, link, address, route, name, connection, TLS, clock, keys and service, and says which is broken'
        )
        ;;
      (' pay:0')
        known=(
          'test:Asks a test user for a payment and gives all back'
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
      (' printer:0')
        known=(
          'test:Prints a page to look at'
        )
        ;;
      (' meter:0')
        known=(
          'watch:Shows every frame of both sides, until Ctrl+C'
          'test:Waits for the meter to be heard and to hear, or says what is wrong with the line'
          'replay:Feeds a capture of the meter'\''s line to the agent'\''s own reader'
          'learn:Shows what a receipt template reads from a captured print, and what it misses'
        )
        ;;
      (' meter replay:0') kind=files ;;
      (' meter learn:0') kind=files ;;
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
