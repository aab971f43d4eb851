#!/usr/bin/env bash
# The relay's package, from what is in it to its purging; read by check-package.sh.
# shellcheck disable=SC2034,SC2154,SC1091 # from and for common.sh; what is made here

part 'what is in the relay'\''s package'
says_depends() {
  dpkg-deb -f "$old"
  [[ $(dpkg-deb -f "$old" Architecture) == all && $(dpkg-deb -f "$old" Depends) == *ca-certificates* && $(dpkg-deb -f "$old" Depends) != *runtime* ]] &&
    [[ $(dpkg-deb -f "$old" Recommends) == *aspnetcore-runtime-* ]]
}
check 'it is for every architecture, and only recommends the .NET runtime' says_depends
look_into

part 'installing the relay'
config=/etc/taximeter-relay
example=/usr/share/doc/taximeter-relay/examples/config.json
calls=$root/run/fake/calls
# A name that broker and certificate have; the root has none.
echo '127.0.0.1 localhost' >"$root/etc/hosts"
check 'it installs' inside dpkg -i /packages/old.deb
cp "$out" "$work/install.log"
check 'what to do next is said' grep -q "install -m 0640 -g taximeter-relay $example" "$work/install.log"
check 'it is installed' is_version "$old_version"
check 'the service is enabled' enabled taximeter-relay.service
check 'the relay has a user of its own' says 'uid=[0-9]+\(taximeter-relay\)' inside id taximeter-relay
check 'the configuration has its folder' mode root:750 $config
check 'which the relay may read' says '^taximeter-relay$' inside stat -c %G $config
check 'the credentials have a folder that only root may enter' mode root:700 $config/credentials
check 'the secrets of webhooks have one that only the relay may enter' mode taximeter-relay:700 /var/lib/taximeter-relay/webhooks

check 'without a .NET runtime it says so' says 'no \.NET 10 runtime with ASP.NET Core on this machine, so the relay' ends_with 72 inside taximeter-relay --version
give_dotnet
check 'with this machine'\''s .NET it runs' says "^$old_version" ends_with 0 as_user taximeter-relay --version
check 'it tells its commands' says '^ +webhooks' ends_with 0 as_user taximeter-relay --help
check 'without a configuration it ends with 78, and names the key' says 'Broker:Uri' ends_with 78 as_user taximeter-relay run
inside install -m 0640 -g taximeter-relay $example $config/config.json
check 'the example ends with 78 until it is filled in' says 'Broker:Uri: amqps://' ends_with 78 as_user taximeter-relay run
check 'and asks for the credentials' says 'Database:ConnectionString: missing' ends_with 78 as_user taximeter-relay run
check 'a user who is not the relay cannot read it' says 'denied' ends_with 1 inside setpriv --reuid=nobody --regid=nogroup --clear-groups cat $config/config.json

part 'the relay'\''s unit'
unit=/usr/lib/systemd/system/taximeter-relay.service
check 'systemd-analyze verify has nothing against it' verify "$unit"
check 'systemd-analyze security says at most 2.0' score "$unit" 2.0
tail -n 1 "$work/score" | sed 's/^/     /'

part 'a broker, a database, a booking'
port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
api=http://127.0.0.1:$port
fleet=$work/fleet
check 'broker and database start (deploy/relay/dev.sh)' "$source/deploy/relay/dev.sh" start "$fleet"
(
  # shellcheck source=/dev/null
  . "$fleet/env"
  cp "$RELAY_Broker__CaFile" "$root$config/broker.pem"
  sed -E '/^ *\/\//d' "$root$example" | jq --arg uri "$RELAY_Broker__Uri" --arg listen "$api" \
    '.Listen = $listen | .Broker.Uri = $uri | .Broker.CaFile = "/etc/taximeter-relay/broker.pem"' >"$root$config/config.json"
  umask 077
  printf '%s' "$RELAY_Broker__Password" >"$root$config/credentials/Broker__Password"
  printf '%s' "$RELAY_Database__ConnectionString" >"$root$config/credentials/Database__ConnectionString"
)
chmod 0644 "$root$config/broker.pem"
# The package's own, with its own definitions.
broker() { (. "$fleet/env" && "$tree/usr/share/taximeter-relay/broker.sh" "$@"); }
check 'the broker'\''s script that is installed adds a car' says '^car-taxi-R1$' ends_with 0 broker add-car taxi R-1
check 'and defines what is there already' says '^defined$' ends_with 0 broker define
add_client() { inside taximeter-relay clients add app >"$work/key"; }
check 'root takes the service'\''s credentials along: clients add' add_client
leaf() { # the innermost child, which is the relay itself
  local id=$1 child
  while child=$(cut -d' ' -f1 "/proc/$id/task/$id/children" 2>/dev/null) && [ -n "$child" ]; do id=$child; done
  echo "$id"
}
eventually() { # COMMAND…: within half a minute
  local tries
  for ((tries = 0; tries < 150; tries++)); do
    "$@" && return
    sleep 0.2
  done
  return 1
}
inside taximeter-relay run >"$work/relay.log" 2>&1 &
relay=$!
ready() { curl -fs -m 5 "$api/health/ready" >/dev/null; }
becomes_ready() { eventually ready || { tail -n 30 "$work/relay.log"; return 1; }; }
check 'it becomes ready' becomes_ready
is_itself() { [ "$(stat -c %u "/proc/$(leaf "$relay")")" = "$(inside id -u taximeter-relay)" ]; }
check 'it runs as its own user, though root called it' is_itself
book() {
  curl -s -m 20 -o /dev/null -w '%{http_code}' -H @<(printf 'Authorization: Bearer %s\n' "$(cat "$work/key")") -H 'Content-Type: application/json' "$api/bookings" \
    -d '{"id": "app-1", "car": "taxi.R1", "phone": "4791234567", "currency": "NOK"}'
}
check 'a booking is taken' says '^202$' book
waits() { broker remove-car taxi R-1 2>&1 | grep -q 'bookings wait for this car'; }
check 'and lies in the car'\''s queue' eventually waits
check 'a webhook without a signature is refused' says '^401$' curl -s -m 20 -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -d '{}' "$api/webhooks/vipps"
ends() {
  kill -TERM "$(leaf "$relay")"
  wait "$relay"
}
check 'SIGTERM ends it with 0' ends_with 0 ends
check 'its log shows no secret and no number' refuses grep -F -e 4791234567 -f "$root$config/credentials/Broker__Password" "$work/relay.log"
"$source/deploy/relay/dev.sh" stop "$fleet"
fleet=''

part 'upgrading the relay'
fake_systemd
inside install -m 0600 -o taximeter-relay -g taximeter-relay /dev/null /var/lib/taximeter-relay/webhooks/11111111-1111-1111-1111-111111111111.secret
kept() { (cd "$root" && find etc/taximeter-relay var/lib/taximeter-relay -type f -exec sha256sum {} + | sort); }
kept >"$work/before"
is_kept() { kept | diff "$work/before" -; }
inside systemctl start taximeter-relay.service
: >"$calls"
check 'it is upgraded' inside dpkg -i /packages/new.deb
check 'the new version is installed' is_version "$new_version"
in_order() { [ "$(grep -E '^(stop|start) ' "$calls" | tr '\n' ' ')" = 'stop taximeter-relay.service start taximeter-relay.service ' ] || { cat "$calls"; return 1; }; }
check 'it was stopped before its files went, and started after' in_order
check 'it runs' is_state active
check 'configuration, credentials and secrets are as they were' is_kept

part 'removing and purging the relay'
check 'it is removed, and says what it keeps' says 'are kept' ends_with 0 inside dpkg -r taximeter-relay
check 'it was stopped' is_state inactive
check 'its program is gone' refuses test -e "$root/usr/lib/taximeter-relay"
check 'configuration, credentials and secrets are kept' is_kept
check 'installed again it starts' inside dpkg -i /packages/new.deb
check 'and runs with them' is_state active
# shellcheck disable=SC2016 # for the shell inside
shared_folder() {
  inside sh -c 'mount -t tmpfs none /var/lib/taximeter-relay/webhooks && touch /var/lib/taximeter-relay/webhooks/2.secret && dpkg -P taximeter-relay && ls /var/lib/taximeter-relay/webhooks'
}
check 'purge keeps the secrets in a folder that is mounted, which other copies use' says '^2\.secret$' ends_with 0 shared_folder
cp "$out" "$work/purge.log"
check 'and says so' grep -q 'purge KEEPS /var/lib/taximeter-relay' "$work/purge.log"
check 'and that it removes configuration and credentials' grep -q 'purge removes /etc/taximeter-relay' "$work/purge.log"
check 'and that registrations are still there' grep -q 'is registered still' "$work/purge.log"
check 'they are gone' refuses test -e "$root$config"
check 'no link of the service is left' refuses enabled taximeter-relay.service
: >"$calls"
check 'installed again without a configuration' inside dpkg -i /packages/new.deb
check 'it is not started' refuses grep -q '^start' "$calls"
check 'purged in the ordinary way' says 'purge removes /var/lib/taximeter-relay' ends_with 0 inside dpkg -P taximeter-relay
check 'it leaves nothing' left
