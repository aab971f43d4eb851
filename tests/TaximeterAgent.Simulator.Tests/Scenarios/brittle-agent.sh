#!/bin/bash
# The agent behind a wrapper that starts once: after a cut it does not come up again. The tests use it to see that the simulator notices.
#   brittle-agent.sh PROGRAM… run --config FILE
set -u
for config; do :; done
marker=$(dirname "$config")/started
[ ! -e "$marker" ] || exit 74
touch "$marker"
exec "$@"
