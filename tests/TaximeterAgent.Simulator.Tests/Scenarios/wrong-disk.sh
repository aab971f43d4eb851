#!/bin/bash
# The agent behind a wrapper that makes it deal wrongly with its disk. The tests use it to see that the simulator finds that out.
#   wrong-disk.sh no-reserve|elsewhere|unsynced|forgets|other-code|dark|litters|litters-state PROGRAM… COMMAND … --config FILE
# no-reserve: keeps nothing for when the disk is full. elsewhere: stores on another disk. unsynced: no sync of its reaches the disk. forgets: begins anew where it cannot start.
# other-code: ends with 1 for 74. dark: nothing is on the display. litters: writes a file in /tmp. litters-state: leaves a file of its own beside the outbox.
set -u
fault=$1
shift
for config; do :; done
root=$(dirname "$config")
case "$fault" in
    no-reserve) TAXIMETER_Outbox__Reserve=0 exec "$@" ;;
    elsewhere) mkdir -p "$root/elsewhere"; TAXIMETER_Outbox__Directory="$root/elsewhere" exec "$@" ;;
    unsynced) exec strace -f -DDD --seccomp-bpf -o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:retval=0 "$@" ;;
    forgets) TAXIMETER_Outbox__Directory="$root/outbox" "$@"; mkdir -p "$root/elsewhere"; TAXIMETER_Outbox__Directory="$root/elsewhere" exec "$@" ;;
    other-code) "$@"; rc=$?; [ $rc -ne 74 ] || rc=1; exit $rc ;;
    dark) TAXIMETER_Driver__Display=none exec "$@" ;;
    litters) touch /tmp/taximeter-litter 2>/dev/null; exec "$@" ;;
    litters-state) touch "$root/outbox/litter"; exec "$@" ;;
esac
