#!/bin/bash
# The agent behind a wrapper that does not heed a technician. The tests use it to see that the simulator finds that out.
#   heedless-agent.sh hold|resolve|goes-on PROGRAM… COMMAND … --config FILE
# hold, resolve: it says that it is done, and does nothing. goes-on: it holds the trip, and a little later goes on by itself.
set -u
fault=$1
shift
configuration=${*: -1}
case "$fault $*" in
    hold*" outbox hold "*) printf 'held\tyes\n' ;;
    resolve*" resolve "*) printf 'resolved\tpaid otherwise\n' ;;
    goes-on*" outbox hold "*)
        [[ "$*" =~ \ hold\ ([^ ]+) ]] && printf '%s' "${BASH_REMATCH[1]}" >"$configuration.held"
        exec "$@"
        ;;
    goes-on*" outbox list "*)
        "$@" || exit
        # After the list: from then on the simulator counts what the service is sent. In a session of its own, or it would end with this command. The last four words
        # are: outbox list --config FILE.
        setsid "${@:1:$#-4}" outbox release "$(cat "$configuration.held")" --yes --config "$configuration" >/dev/null 2>&1 </dev/null &
        group=
        until [ "$group" = $! ]; do read -r _ _ _ _ group _ <"/proc/$!/stat"; done
        ;;
    *) exec "$@" ;;
esac
