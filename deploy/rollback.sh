#!/bin/sh
# Goes back to the version of the agent that was installed before the present one: docs/packaging.md.
#
#   rollback.sh [--yes]                                      goes back now, after asking
#   rollback.sh --if-failed [--within SECONDS] [--steady SECONDS]
#                                                            after an upgrade: goes back only if the new version does not start; ends one
#                                                            that was interrupted
#
# "Starts" is: within --within (150) seconds it says READY to systemd, and then runs for --steady (30) seconds without being started anew.
# The outbox stays as it is, whatever happens. A version that could not read it is refused by its own package, with a message; an older copy of the outbox is never put
# back, because what was paid since would be asked for again.
#
# Ends with 0: done, or nothing to do. 1: declined. 64: usage. 65: there is nothing to go back to, or it cannot read the outbox. 74: dpkg failed, or the previous
# version does not start either. 77: not root.
set -u

unit=taximeter-agent.service
cache=/var/cache/taximeter-agent
pin=/etc/apt/preferences.d/taximeter-agent-failed
previous=$cache/previous.deb
pending=$cache/pending
# Written before the files are replaced, taken away when that is done.
interrupted=$cache/was-active

# More than TimeoutStartSec of the unit.
within=150
steady=30
if_failed=no
yes=no

say() { echo "taximeter-agent: $*"; }
usage() { say "$*" >&2; say 'usage: rollback.sh [--yes] | --if-failed [--within SECONDS] [--steady SECONDS]' >&2; exit 64; }

while [ $# -gt 0 ]; do
  case "$1" in
    --yes) yes=yes ;;
    --if-failed) if_failed=yes ;;
    --within | --steady)
      case "${2:-}" in '' | *[!0-9]*) usage "$1 wants a number of seconds, found '${2:-}'" ;; esac
      if [ "$1" = --within ]; then within=$2; else steady=$2; fi
      shift
      ;;
    *) usage "'$1' is not known" ;;
  esac
  shift
done

[ "$(id -u)" -eq 0 ] || { say 'going back installs a package: that wants root' >&2; exit 77; }

# Seconds since the boot: the car's clock is set while this waits.
now() { cut -d. -f1 /proc/uptime; }
value() { systemctl show --property="$1" --value "$unit" 2>/dev/null; }
status() { dpkg-query -W -f '${db:Status-Status}' taximeter-agent 2>/dev/null; }
installed() { dpkg-query -W -f '${Version}' taximeter-agent 2>/dev/null; }

# 0: it started and stayed. 1: it did not. 2: somebody stopped it, so nothing can be said.
starts() {
  begun=$(now)
  since=''
  run=''
  while :; do
    state=$(value ActiveState)
    at=$(now)
    if [ "$state" = active ]; then
      # Each start has an id of its own; a crash and a new start between two looks is seen by it.
      if [ "$(value InvocationID)" != "$run" ]; then
        run=$(value InvocationID)
        since=$at
      fi
      [ $((at - since)) -lt "$steady" ] || return 0
    else
      run=''
    fi
    # A final state: 78, a configuration that this version finds wrong, is not started again.
    [ "$state" != failed ] || return 1
    if [ $((at - begun)) -ge $((within + steady)) ]; then
      [ "$state" != inactive ] || return 2
      return 1
    fi
    sleep 1
  done
}

# dpkg may be at work still: it was the upgrade that asked for this.
dpkg_when_free() {
  tries=0
  while :; do
    TAXIMETER_ROLLBACK=$1 DEBIAN_FRONTEND=noninteractive dpkg --force-confold "$2" "$3" "$4" >"$log" 2>&1
    rc=$?
    if [ $rc -eq 0 ] || ! grep -q 'locked by' "$log" || [ $tries -ge 300 ]; then
      cat "$log"
      return $rc
    fi
    tries=$((tries + 1))
    sleep 1
  done
}

go_back() {
  from=$(installed)
  if [ ! -f "$previous" ]; then
    rm -f "$pending"
    say "there is no kept version in $cache to go back to; version $from stays. Install one by hand: dpkg --force-downgrade -i FILE" >&2
    exit 65
  fi
  to=$(dpkg-deb --field "$previous" Version)
  if [ "$(status)" = installed ] && dpkg --compare-versions "$to" eq "$from"; then
    rm -f "$pending"
    say "the kept version is the installed one, $to: there is nothing to go back to" >&2
    exit 65
  fi
  if [ "$if_failed" = no ] && [ "$yes" = no ]; then
    [ -t 0 ] || { say "this would go back from $from to $to; without a terminal to ask at it wants --yes" >&2; exit 64; }
    printf 'Go back from version %s to %s? The outbox and the configuration stay as they are. [y/N] ' "$from" "$to"
    read -r answer || answer=''
    case "$answer" in y | Y | yes) ;; *) say 'nothing was done'; exit 1 ;; esac
  fi

  say "going back from version $from to $to"
  # The watcher would find the agent stopped; unless this is the watcher.
  [ "$if_failed" = yes ] || systemctl stop taximeter-agent-upgrade.service
  systemctl stop "$unit"
  if ! dpkg_when_free 1 --force-downgrade --install "$previous"; then
    if grep -q 'is not installed. The outbox' "$log"; then
      rm -f "$pending"
      say "version $to cannot read the outbox any more, so version $from stays. A newer version has to mend it; see docs/packaging.md" >&2
      exit 65
    fi
    # What was to be looked at stays to be looked at: the next boot tries again.
    say "dpkg could not install $previous; 'dpkg --configure -a', then rollback.sh again" >&2
    exit 74
  fi
  rm -f "$pending" "$interrupted"

  # apt would bring the same version again tomorrow. A newer one is taken as usual.
  if [ "$if_failed" = yes ] && [ -d "${pin%/*}" ]; then
    {
      echo "# Written by taximeter-agent's rollback.sh: version $from did not start. A newer version is taken as usual; delete this file to try $from again."
      echo 'Package: taximeter-agent'
      echo "Pin: version $from"
      echo 'Pin-Priority: -1'
    } >"$pin"
    say "apt will not offer version $from again ($pin)"
  fi

  systemctl start "$unit"
  starts
  case $? in
    0) say "version $to runs" ;;
    *)
      say "version $to is installed, and does not start either: journalctl -u taximeter-agent says why" >&2
      exit 74
      ;;
  esac
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

if [ "$if_failed" = no ]; then
  go_back
  exit 0
fi

# The power was cut while the package was being replaced: what was begun is ended, and if there is not enough of it, the version before is put back whole.
if [ -e "$interrupted" ] && [ "$(status)" != installed ]; then
  say 'an upgrade was interrupted'
  if [ "$(status)" = half-installed ] || ! dpkg_when_free 0 --configure --no-triggers taximeter-agent; then
    say 'it cannot be ended' >&2
    go_back
    exit 0
  fi
fi

rm -f "$interrupted"

[ -e "$pending" ] || { say 'no upgrade is being watched'; exit 0; }
starts
case $? in
  0)
    say "version $(installed) runs; the upgrade is done"
    rm -f "$pending"
    ;;
  2) say 'the agent was stopped by somebody; its new version is watched again after the next boot' ;;
  *)
    say "version $(installed) did not start after the upgrade" >&2
    go_back
    ;;
esac
