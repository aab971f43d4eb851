#!/bin/bash
# The agent behind a wrapper that does not heed a technician. The tests use it to see that the simulator finds that out.
#   heedless-agent.sh hold|resolve PROGRAM… COMMAND … --config FILE
# It says that it is done, and does nothing.
set -u
fault=$1
shift
case "$fault $*" in
    hold*" outbox hold "*) printf 'held\tyes\n' ;;
    resolve*" resolve "*) printf 'resolved\tpaid otherwise\n' ;;
    *) exec "$@" ;;
esac
