#!/bin/bash
# The agent behind a wrapper that begins anew at each start: what was stored is gone. The tests use it to see that the simulator finds the loss.
#   lossy-agent.sh PROGRAM… run --config FILE
set -u
for config; do :; done
rm -f "$(dirname "$config")"/outbox/*
exec "$@"
