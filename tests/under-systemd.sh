#!/usr/bin/env bash
# The unit under a real systemd: a manager of its own in namespaces of its own (processes, mounts, network, control groups), with nothing in it but the agent as it was
# built here, its unit as it is in systemd/, and no keys. Nothing of this machine is changed. Ends with 0, 1 for a failure, or 77 where the machine does not let it.
#   tests/under-systemd.sh [BUILD]     BUILD: the directory of taximeter-agent.dll
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
build=${1:-$root/src/TaximeterAgent/bin/Debug/net10.0}
dotnet=$(readlink -f "$(command -v dotnet)")
if [ "$(id -u)" -ne 0 ] || [ ! -x /lib/systemd/systemd ] || [ ! -f "$build/taximeter-agent.dll" ] || [ ! -x "$dotnet" ]; then
  echo 'SKIP under-systemd: needs root, systemd, dotnet and a build'
  exit 77
fi
out=$(mktemp -d)
group=
for hierarchy in /sys/fs/cgroup/unified /sys/fs/cgroup; do
  [ -f "$hierarchy/cgroup.procs" ] && mkdir "$hierarchy/taximeter-$$" 2>/dev/null && group=$hierarchy/taximeter-$$ && break
done
# shellcheck disable=SC2317 # by the trap
tidy() { [ -z "$group" ] || find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null; rm -rf "$out"; }
trap tidy EXIT
export root build dotnet out

# shellcheck disable=SC2016 # for the shell inside
inside='set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs /srv
mkdir -p /srv/units /srv/etc /srv/out /srv/systemd /srv/build
mount --bind "$out" /srv/out
# Wherever the build lies, below /tmp or a home directory too: neither is seen in there.
mount --bind "$build" /srv/build
cp -a /etc/. /srv/etc/; mount --bind /srv/etc /etc
systemd-sysusers "$root/systemd/sysusers.d/taximeter-agent.conf"
cp -r "$root/systemd/." /srv/systemd/
mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /tmp; mount -t tmpfs -o mode=755 tmpfs /var/lib
mount -t tmpfs tmpfs /lib/systemd/system-generators
umount -l /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup
mkdir -p -m 700 /etc/taximeter-agent/credentials; chmod 755 /etc/taximeter-agent
cat > /etc/taximeter-agent/config.json <<J
{ "Car": { "Id": "EL12345", "Prefix": "tx" }, "EPayment": { "BaseUrl": "http://127.0.0.1:9", "MerchantSerialNumber": "123456" },
  "Meter": { "Serial": { "Port": "/dev/ttyS0" } }, "Driver": { "Keypad": "none", "Display": "none" } }
J
chmod 644 /etc/taximeter-agent/config.json
sed "s#^ExecStart=.*#ExecStart=$dotnet /srv/build/taximeter-agent.dll run#; s#^WatchdogSec=.*#WatchdogSec=10#" /srv/systemd/taximeter-agent.service > /srv/units/taximeter-agent.service
printf "\n[Service]\nTimeoutAbortSec=2\nStandardOutput=append:/srv/out/agent\nStandardError=append:/srv/out/agent\n" >> /srv/units/taximeter-agent.service
for target in sysinit basic shutdown umount local-fs multi-user; do printf "[Unit]\nDefaultDependencies=no\n" > /srv/units/$target.target; done
printf "[Unit]\nDefaultDependencies=no\nWants=taximeter-agent.service check.service\n" > /srv/units/test.target
printf "%s" "$check" | sed "s#@dotnet@#$dotnet#" > /srv/check.sh
printf "[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nTimeoutStartSec=infinity\nExecStart=/bin/bash /srv/check.sh\nStandardOutput=append:/srv/out/check\nStandardError=append:/srv/out/check\n" > /srv/units/check.service
export SYSTEMD_UNIT_PATH=/srv/units container=test
touch /srv/out/begun
exec /lib/systemd/systemd --system --unit=test.target --log-target=null --show-status=no'

# shellcheck disable=SC2016,SC2089
check='export PATH=/usr/sbin:/usr/bin:/sbin:/bin DOTNET_CLI_HOME=/tmp HOME=/tmp
show() { systemctl show --value -p "$1" taximeter-agent; }
until_is() { for _ in $(seq 240); do [ "$(show "$1")" = "$2" ] && return 0; sleep 0.5; done; echo "FAIL $1 is $(show "$1"), not $2"; touch /srv/out/failed; return 1; }
is() { if [[ $2 == $3 ]]; then echo "ok $1"; else echo "FAIL $1: $2, not $3"; touch /srv/out/failed; fi; }
until_is SubState running
is "it starts without keys and says so" "$(show StatusText)" "*keys missing*"
pid=$(show MainPID)
is "as its own user" "$(stat -c %U /proc/$pid)" taximeter-agent
is "its memory and environment belong to root" "$(stat -c %U /proc/$pid/environ /proc/$pid/mem | sort -u)" root
is "no core of it is written" "$(grep "^Max core" /proc/$pid/limits | tr -s " ")" "Max core file size 0 0*"
is "no diagnostic socket of the runtime is there" "$(grep -c dotnet-diagnostic /proc/$pid/net/unix)" 0
is "filtered" "$(grep ^Seccomp: /proc/$pid/status | tr -dc 0-9)" 2
is "without capabilities" "$(grep ^CapBnd: /proc/$pid/status)" "*0000000000000000"
is "the outbox is there" "$(stat -c "%U %a" /var/lib/taximeter-agent/outbox.db)" "taximeter-agent 600"
is "the control socket is there" "$(stat -c "%U %a" /run/taximeter-agent/control.sock)" "taximeter-agent 660"
sleep 25
is "idle, it outlives two watchdog times" "$(show NRestarts) $(show MainPID)" "0 $pid"
kill -STOP "$pid"
for _ in $(seq 240); do [ "$(show NRestarts)" = 1 ] && break; sleep 0.5; done
is "frozen, it is killed and started anew" "$(show NRestarts)" 1
until_is SubState running
doctor() { @dotnet@ /srv/build/taximeter-agent.dll doctor --timeout 2 --json; }
for n in 2 3; do
  kill -KILL "$(show MainPID)"
  for _ in $(seq 240); do [ "$(show NRestarts)" = $n ] && break; sleep 0.5; done
  until_is SubState running
done
is "the doctor names a service that falls again and again" "$(doctor)" "*service-looping*after 3 restarts*its log says why*"
systemctl stop taximeter-agent
is "and one that was stopped" "$(doctor)" "*service-stopped*somebody has stopped it*"
is "it stops cleanly" "$(show Result) $(show ExecMainStatus)" "success 0"
touch /srv/out/done'
# shellcheck disable=SC2090
export check

(
  [ -z "$group" ] || echo $BASHPID > "$group/cgroup.procs"
  exec timeout -k 2 300 unshare --pid --mount --uts --ipc --net --cgroup --fork --mount-proc --kill-child bash -c "$inside"
) >"$out/outside" 2>&1 &
manager=$!
for _ in $(seq 600); do
  [ -e "$out/done" ] && break
  kill -0 "$manager" 2>/dev/null || break
  sleep 0.5
done
kill "$manager" 2>/dev/null
wait "$manager" 2>/dev/null
[ -e "$out/begun" ] || { cat "$out/outside"; echo 'SKIP under-systemd: this machine lets nobody make such namespaces'; exit 77; }
cat "$out/check"
if [ -e "$out/done" ] && [ ! -e "$out/failed" ]; then echo 'PASS under-systemd'; exit 0; fi
cat "$out/outside" "$out/agent"
echo 'FAIL under-systemd'
exit 1
