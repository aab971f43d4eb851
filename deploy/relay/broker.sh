#!/usr/bin/env bash
# The broker as code, over RabbitMQ's management API, so that it is the same for a cluster of one's own and for one that is bought as a service.
#   broker.sh define                    virtual host, exchanges, queues, policies and dead letters, from definitions.json; again: changes nothing
#   broker.sh add-relay                 the relay's identity; its password from RELAY_PASSWORD
#   broker.sh add-car PREFIX CAR        a car's two queues and its identity with rights on these alone; its password from CAR_PASSWORD, else made and printed
#   broker.sh remove-car PREFIX CAR     identity and hint queue; refused while bookings wait for it, unless FORCE=1
# RABBITMQ_API is the management API's address, RABBITMQ_ADMIN is user:password of an administrator. Passwords never stand in the arguments of a process.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
vhost=taxi
fail() { echo "broker.sh: $2" >&2; exit "$1"; }
[ $# -ge 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 64; }
{ [ -n "${RABBITMQ_API:-}" ] && [ -n "${RABBITMQ_ADMIN:-}" ]; } || fail 64 'set RABBITMQ_API (http://…:15672) and RABBITMQ_ADMIN (user:password)'

api() { # METHOD PATH [BODY on stdin]
  # The password goes in by a file descriptor: arguments can be read by every user of the machine.
  local body=()
  [ "$1" = GET ] || [ "$1" = DELETE ] || body=(-H 'Content-Type: application/json' --data-binary @-)
  curl -sS --fail-with-body --max-time 30 -X "$1" "${body[@]}" -K <(printf 'user = "%s"\n' "$RABBITMQ_ADMIN") "$RABBITMQ_API/api/$2"
}
put() { api PUT "$1" >/dev/null || fail 69 "the broker refused $1"; }

# As in a payment's reference: letters and digits, the car without its hyphens.
named() {
  [[ ${1:-} =~ ^[A-Za-z][A-Za-z0-9]{0,9}$ ]] || fail 64 'PREFIX is 1 to 10 letters or digits, a letter first, as Car:Prefix'
  [[ ${2//-/} =~ ^[A-Za-z0-9]{1,14}$ ]] || fail 64 'CAR is 1 to 14 letters or digits, hyphens not counted, as Car:Id'
  prefix=$1
  car=${2//-/}
  user=car-$prefix-$car
}

case $1 in
  define)
    jq '.' "$here/definitions.json" | api POST definitions >/dev/null || fail 69 'the broker refused the definitions'
    echo 'defined' ;;
  add-relay)
    [ -n "${RELAY_PASSWORD:-}" ] || fail 64 'set RELAY_PASSWORD'
    jq -n '{password: env.RELAY_PASSWORD, tags: ""}' | put users/relay
    jq -n '{configure: "^$", write: "^(hints|bookings|dead)$", read: "^(reports|dead)$"}' | put permissions/$vhost/relay
    echo 'relay' ;;
  add-car)
    named "${2:-}" "${3:-}"
    made=
    [ -n "${CAR_PASSWORD:-}" ] || { CAR_PASSWORD=$(openssl rand -hex 24); made=1; }
    export CAR_PASSWORD
    for kind in hints bookings; do
      jq -n '{durable: true, auto_delete: false, arguments: {"x-queue-type": "quorum"}}' | put "queues/$vhost/car.$prefix.$car.$kind"
      jq -n --arg key "$prefix.$car" '{routing_key: $key, arguments: {}}' | api POST "bindings/$vhost/e/$kind/q/car.$prefix.$car.$kind" >/dev/null || fail 69 "the broker refused to bind $kind"
    done
    jq -n '{password: env.CAR_PASSWORD, tags: ""}' | put "users/$user"
    jq -n --arg own "^car\\.$prefix\\.$car\\.(hints|bookings)\$" '{configure: "^$", write: "^reports$", read: $own}' | put "permissions/$vhost/$user"
    # The exchange is everybody's; under which name a report goes into it is the car's own.
    jq -n --arg own "^report\\.$prefix\\.$car\$" '{exchange: "reports", write: $own, read: "^$"}' | put "topic-permissions/$vhost/$user"
    jq -n '{value: 3}' | put "user-limits/$user/max-connections"
    echo "$user"
    [ -z "$made" ] || echo "$CAR_PASSWORD" ;;
  remove-car)
    named "${2:-}" "${3:-}"
    api GET overview >/dev/null || fail 69 'the broker does not answer'
    if [ "${FORCE:-}" != 1 ]; then
      queue=queues/$vhost/car.$prefix.$car.bookings
      # The count is some seconds old, and the only one who knows what a car has taken and not acknowledged; so the queue itself is looked into as well.
      counted=$(api GET "$queue" 2>/dev/null | jq -r '.messages // 0') || counted=0
      seen=$(jq -n '{count: 1, ackmode: "reject_requeue_true", encoding: "auto", truncate: 1}' | api POST "$queue/get" 2>/dev/null | jq -r 'length') || seen=0
      [ "$counted-$seen" = 0-0 ] || fail 65 'bookings wait for this car; take them back first, or FORCE=1'
    fi
    api DELETE "users/$user" >/dev/null 2>&1 || echo "broker.sh: there was no $user" >&2
    for kind in hints bookings; do api DELETE "queues/$vhost/car.$prefix.$car.$kind" >/dev/null 2>&1 || true; done
    echo "removed $user" ;;
  *) fail 64 "unknown: $1" ;;
esac
