#!/bin/bash
# An agent that is not ours, in bash and curl: just enough for one fare. The tests use it to see that the simulator works with any client,
# and, with a fault named first, that the simulator finds the fault.
#   other-agent.sh [FAULT] run --config FILE
set -u
fault=none
[ "$1" = run ] || { fault=$1; shift; }
{ [ "$1" = run ] && [ "$2" = --config ]; } || { echo "usage: other-agent.sh [FAULT] run --config FILE" >&2; exit 64; }
config=$3

value() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$config"; }
base=$(value BaseUrl)
msn=$(value MerchantSerialNumber)
key=$(value SubscriptionKey)
car=$(value Id)
outbox=$(value Directory)
journal=$outbox/journal
touch "$journal"

[ "$fault" = leaks ] && value ClientSecret

exec 3<>"$(value Port)"
stty raw -echo -hupcl <&3
# Through a pipe: bash's own read would switch the terminal's signals on, and ETX is one of them.
exec 6< <(exec cat <&3)
exec 4>"$(value DisplayDevice)"
exec 5<"$(value KeypadDevice)"

seq=100
crc() { printf %s "$1" | gzip -c | tail -c 8 | od -An -tx4 -N4 | tr -d ' \n' | tr a-f A-F; }
send() { printf '\002%s\003%s\r' "$1" "$(crc "$1")" >&3; }
show() { printf '\f%s\n%s' "$1" "$2" >&4; }
field() { local all="|$1" part; part=${all#*|"$2"=}; [ "$part" = "$all" ] || printf %s "${part%%|*}"; }

api() { # method path idempotency-key body
    local arguments=(-sS --max-time 10 -X "$1" "$base$2" -H "Authorization: Bearer $token" -H "Ocp-Apim-Subscription-Key: $key"
        -H "Merchant-Serial-Number: $msn" -H "Vipps-System-Name: other-agent" -H "Vipps-System-Version: 1"
        -H "Vipps-System-Plugin-Name: bash" -H "Vipps-System-Plugin-Version: 1")
    [ -z "$3" ] || arguments+=(-H "Idempotency-Key: $3")
    [ -z "$4" ] || arguments+=(-H "Content-Type: application/json" -d "$4")
    curl "${arguments[@]}"
}

# Digits until enter, from struct input_event: 24 bytes an event; type, code and value are the 16-bit words 8, 9 and 10.
number() {
    local digits="" code
    declare -A digit=([82]=0 [79]=1 [80]=2 [81]=3 [75]=4 [76]=5 [77]=6 [71]=7 [72]=8 [73]=9)
    while :; do
        read -r code _ < <(head -c 144 <&5 | od -An -v -tu2 -w24 | awk '$9 == 1 && $11 == 1 { print $10, $11 }')
        [ "$code" = 96 ] && break
        digits+=${digit[$code]}
    done
    printf %s "$digits"
}

# What is done is in the journal before the next thing is done. For those who count commits from outside, each leaves a frame in a write-ahead
# log as SQLite writes it: a header of 32 bytes (page size 1), then frames of 24 bytes and a page, with the database's size in each that commits.
[ -e "$outbox/outbox-wal" ] || printf '\067\177\006\202\000\055\342\030\000\000\000\001\000\000\000\000SALTSALT\000\000\000\000\000\000\000\000' >"$outbox/outbox-wal"
mark() {
    echo "$1" >>"$journal"
    [ "$fault" = storeless ] || printf '\000\000\000\001\000\000\000\001SALTSALT\000\000\000\000\000\000\000\000x' >>"$outbox/outbox-wal"
}
did() { grep -qxF "$1" "$journal"; }
noted() { sed -n "s/^$1 $2 //p" "$journal"; }

settle() { # the FARE's payload
    local total trip phone reference state tries
    total=$(field "$1" total)
    trip="$(field "$1" meter)/$(field "$1" trip)/$(field "$1" start)"
    phone=$(field "$1" phone)
    reference="taxi-$(printf %s "$car" | tr -d -)-$(field "$1" trip)-$(crc "$trip")-1"
    [ -n "$phone" ] || phone=$(noted number "$reference")
    if [ -z "$phone" ]; then
        show "${total%??},${total: -2} NOK" "Phone:"
        phone=$(number)
        mark "number $reference $phone"
    fi
    show "Waiting for" "the customer"
    [ "$fault" = early ] && show "PAID" ""
    token=$(curl -sS -X POST "$base/accesstoken/get" -H "client_id: $(value ClientId)" -H "client_secret: $(value ClientSecret)" \
        -H "Ocp-Apim-Subscription-Key: $key" -H "Merchant-Serial-Number: $msn" -H "Content-Length: 0" -H "Vipps-System-Name: other-agent" \
        -H "Vipps-System-Version: 1" -H "Vipps-System-Plugin-Name: bash" -H "Vipps-System-Plugin-Version: 1" \
        | sed 's/.*"access_token" *: *"\([^"]*\)".*/\1/')
    local amount="{\"currency\":\"NOK\",\"value\":$total}"
    local interaction=CUSTOMER_PRESENT
    [ "$fault" = absent ] && interaction=CUSTOMER_NOT_PRESENT
    did "created $reference" || {
        api POST /epayment/v1/payments "create-$reference" "{\"amount\":$amount,\"paymentMethod\":{\"type\":\"WALLET\"},\"customer\":{\"phoneNumber\":\"47$phone\"},\
\"customerInteraction\":\"$interaction\",\"userFlow\":\"PUSH_MESSAGE\",\"reference\":\"$reference\",\"paymentDescription\":\"Taxi\",\
\"metadata\":{\"trip\":\"$trip\",\"car\":\"$car\"}}" >&2
        mark "created $reference"
    }
    for ((tries = 0; tries < 300; tries++)); do
        state=$(api GET "/epayment/v1/payments/$reference" "" "")
        [[ $state == *AUTHORIZED* ]] && break
        sleep 0.2
    done
    local tax=$((total * 12 / 112))
    [ "$fault" = unbilled ] || did "billed $reference" || {
        api POST "/order-management/v2/ECOM/receipts/$reference" "" "{\"orderLines\":[{\"name\":\"Taxi\",\"id\":\"fare\",\
\"totalAmount\":$total,\"totalAmountExcludingTax\":$((total - tax)),\"totalTaxAmount\":$tax,\"taxRate\":1200}],\"bottomLine\":{\"currency\":\"NOK\",\"posId\":\"$car\"}}" >&2
        mark "billed $reference"
    }
    [ "$fault" = uncaptured ] || did "captured $reference" || {
        api POST "/epayment/v1/payments/$reference/capture" "capture-$reference" "{\"modificationAmount\":$amount}" >&2
        mark "captured $reference"
    }
    [ "$fault" = understated ] && total=$((total - 100))
    [ "$fault" = silent ] || send "PAID|$((seq++))|meter=$(field "$1" meter)|trip=$(field "$1" trip)|start=$(field "$1" start)|amount=$total|cur=NOK|ref=$reference|method=wallet"
    [ "$fault" = mute ] || show "PAID" "${total%??},${total: -2} NOK"
    mark "told $1"
}

trap 'exit 0' TERM
send "HELLO|$((seq++))|proto=1|agent=other-agent|ver=1"
[ "$fault" = forgetful ] || sed -n 's/^fare //p' "$journal" | while IFS= read -r payload; do
    did "told $payload" || settle "$payload"
done
while :; do
    IFS= read -r -d $'\r' -t 1 frame <&6 || continue
    frame=${frame##*$'\002'}
    payload=${frame%$'\003'*}
    sum=${frame##*$'\003'}
    [ "$sum" = "$(crc "$payload")" ] || continue
    type=${payload%%|*}
    rest=${payload#*|}
    case $type in
        ACK | NAK) continue ;;
    esac
    # Content, not SEQ, tells a repeat.
    new=no
    if [ "$type" = FARE ] && ! did "fare ${rest#*|}"; then
        new=yes
        mark "fare ${rest#*|}"
    fi
    send "ACK|${rest%%|*}|of=$sum"
    [ "$fault" = chatty ] && send "ACK|${rest%%|*}|of=00000000"
    [ $new = no ] || settle "${rest#*|}"
done
