#!/bin/bash
# Runs the agent that was installed before, whichever is asked for: an upgrade that did not happen. The tests use it to see that the simulator notices.
#   stale-agent.sh FOLDER HOST ASSEMBLY run --config FILE
set -u
folder=$1 host=$2
shift 3
exec "$host" "$folder/taximeter-agent.dll" "$@"
