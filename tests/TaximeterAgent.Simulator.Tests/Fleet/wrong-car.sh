#!/bin/bash
# The agent behind a wrapper that makes the car wrong. The tests use it to see that the simulator finds that out.
#   wrong-car.sh deaf|telltale PROGRAM… run --config FILE
# deaf: the relay is taken out of its configuration. telltale: its password at the broker stands in its log.
set -u
fault=$1
shift
for config; do :; done
case $fault in
    deaf)
        deaf=$(jq 'del(.Relay)' "$config")
        printf '%s\n' "$deaf" >"$config" ;;
    telltale) jq -r .Relay.Password "$config" >&2 ;;
esac
exec "$@"
