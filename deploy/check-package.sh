#!/usr/bin/env bash
# Checks the Debian package from its building to its purging: docs/packaging.md. Wants root, because it makes a fresh Debian root and installs into it.
#
#   check-package.sh [--base ROOT] [--packages OLD NEW]
#
#   --base ROOT          a fresh Debian root with libsqlite3-0, systemd and udev, which is copied; without it mmdebstrap makes one
#   --packages OLD NEW   checks these two, and builds none
#
# One line for each thing checked, PASS or FAIL, and how long the parts took. Ends with 0 if nothing failed. All mounts are in a namespace of their own and end with what
# runs there; everything is written below one temporary folder. RUN_ALONE, if set, is a command put before what plays in real time.
set -u
export LC_ALL=C.UTF-8 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
base=''
old=''
new=''
while [ $# -gt 0 ]; do
  case "$1" in
    --base) base=${2:?--base wants a folder}; shift ;;
    --packages) old=$(realpath "${2:?--packages wants two packages}"); new=$(realpath "${3:?--packages wants two packages}"); shift 2 ;;
    *) echo "check-package: '$1' is not known" >&2; exit 64 ;;
  esac
  shift
done
[ "$(id -u)" -eq 0 ] || { echo 'check-package: wants root' >&2; exit 77; }

work=$(mktemp -d)
chmod 0755 "$work"
root=$work/root
making=''
trap '[ -z "$making" ] || kill "$making" 2>/dev/null; wait; rm -rf --one-file-system "$work"' EXIT

passed=0
failed=0
out=$work/out
pass() { passed=$((passed + 1)); echo "PASS $1"; }
fault() { failed=$((failed + 1)); echo "FAIL $1"; tail -n 40 "$out" 2>/dev/null | sed 's/^/     /'; }
check() { # NAME COMMAND…: passes if the command succeeds
  local name=$1
  shift
  if "$@" >"$out" 2>&1; then pass "$name"; else fault "$name"; fi
}
ends_with() { # CODE COMMAND…
  local expected=$1
  shift
  "$@"
  local rc=$?
  [ $rc -eq "$expected" ] || { echo "ended with $rc, expected $expected"; return 1; }
}
says() { # PATTERN COMMAND…: succeeds if the command's output has it, however the command ends
  local pattern=$1
  shift
  "$@" >"$work/said" 2>&1
  cat "$work/said"
  grep -q -E "$pattern" "$work/said" || { echo "nothing there says: $pattern"; return 1; }
}
refuses() { ! "$@"; }
begun=$SECONDS
part() { [ -z "${doing:-}" ] || echo "     $doing: $((SECONDS - begun)) s"; begun=$SECONDS; doing=$1; }

# --- a fresh Debian, made while the packages are built -----------------------------------------------------------------------------------------------------

make_root() {
  if [ -n "$base" ]; then
    cp -a "$base" "$root"
    return
  fi
  local release sources
  # shellcheck disable=SC1091 # not ours
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  # shellcheck disable=SC2016 # apt's own variables
  sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' 'Origin: Debian' | sort -u)
  printf '%s\n' "$sources" | mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io --include=libsqlite3-0,systemd,udev "$release" "$root" -
}
make_root >"$work/root.log" 2>&1 &
making=$!

# --- the scripts themselves ----------------------------------------------------------------------------------------------------------------------------------

part 'scripts'
scripts() { git -C "$source" ls-files -z | (cd "$source" && xargs -0 grep -l -I -m1 -E '^#!(/usr/bin/env |/bin/)(ba|da|)sh$'); }
lint() { cd "$source" && scripts | xargs shellcheck; }
check 'shellcheck is clean over every script' lint
check 'an architecture that is not known is refused' says "found 'mips', expected arm64, armhf or amd64" ends_with 64 "$source/deploy/build-deb.sh" --arch mips
check 'a runtime without an architecture is refused' says 'say which with --arch' ends_with 64 "$source/deploy/build-deb.sh" --self-contained
check 'a tarball that is not there is refused' says 'there is no file' ends_with 64 "$source/deploy/build-deb.sh" --arch armhf --runtime "$work/none.tar.gz"

# --- building ------------------------------------------------------------------------------------------------------------------------------------------------

build() { # CLONE
  "$1/deploy/build-deb.sh" || return
  [ "$(git -C "$1" status --porcelain)" = '' ] || { echo 'the clone was changed'; return 1; }
  [ "$(find "$1" -name obj -o -name bin | wc -l)" -eq 0 ] || { echo 'bin or obj was written'; return 1; }
}
later() { # CLONE VERSION: makes it a clone of a later version
  sed -i "s|<Version>.*</Version>|<Version>$2</Version>|" "$1/Directory.Build.props"
  { printf 'taximeter-agent (%s) stable; urgency=medium\n\n  * A later one.\n\n -- The TaximeterAgent authors <taximeter-agent@localhost>  Sat, 28 Nov 2026 13:00:00 +0000\n\n' "$2"
    cat "$1/deploy/deb/changelog"; } >"$work/changelog"
  cp "$work/changelog" "$1/deploy/deb/changelog"
  git -C "$1" -c user.name=check -c user.email=check@localhost commit -q -a -m "Version $2"
}
if [ -z "$old" ]; then
  part 'building three packages'
  one=$work/one
  two=$work/some/where/else/two
  git clone -q "$source" "$one" && git clone -q "$source" "$two"
  check 'a package is built, and nothing else is written' build "$one"
  check 'a second one, from another clone' build "$two"
  same() { cmp "$one"/artifacts/deb/*.deb "$two"/artifacts/deb/*.deb; }
  check 'both have the same bytes' same
  old=$(find "$one/artifacts/deb" -name '*.deb')
  later "$two" 99.0.0
  check 'a later version is built' build "$two"
  new=$(find "$two/artifacts/deb" -name '*_99.0.0_*.deb')
fi
if [ ! -f "$old" ] || [ ! -f "$new" ]; then echo 'FAIL without packages there is nothing more to check'; exit 1; fi
old_version=$(dpkg-deb -f "$old" Version)
new_version=$(dpkg-deb -f "$new" Version)

part 'what is in the package'
tree=$work/tree
dpkg-deb -R "$old" "$tree"
lib=$tree/usr/lib/taximeter-agent
sbom=$tree/usr/share/doc/taximeter-agent/sbom.spdx.json
says_depends() {
  dpkg-deb -f "$old"
  [[ $(dpkg-deb -f "$old" Depends) == *libsqlite3-0* && $(dpkg-deb -f "$old" Depends) != *runtime* && $(dpkg-deb -f "$old" Recommends) == *aspnetcore-runtime-* ]]
}
check 'it depends on SQLite, and only recommends the .NET runtime' says_depends
no_paths() {
  local found=0 file
  for file in "$lib"/*.dll; do
    for path in "$work" "$source" "$HOME/" /tmp/; do
      if [ "$path" != / ] && LC_ALL=C grep -q -a -F "$path" "$file"; then
        case "$(basename "$file")" in taximeter-agent.* | TaximeterAgent.*) echo "$file has $path in it"; found=1 ;; esac
      fi
    done
  done
  return $found
}
check 'no path of this machine is in what we built' no_paths
owners() { [ "$(dpkg-deb -c "$old" | awk '{print $2}' | sort -u)" = root/root ] && [ "$(dpkg-deb -c "$old" | awk '{print $4, $5}' | sort -u | wc -l)" -eq 1 ]; }
check 'all files are root'\''s and have one time' owners
listed() { # SBOM: every file of the program is in it, and every dll of others says which package it came from
  local ours='^(taximeter-agent|TaximeterAgent\.[A-Za-z]+)$' file name missing=0
  for file in "$lib"/*; do
    name=./usr/lib/taximeter-agent/$(basename "$file")
    jq -e --arg name "$name" --arg sha256 "$(sha256sum "$file" | cut -d' ' -f1)" \
      'any(.files[]; .fileName == $name and any(.checksums[]; .checksumValue == $sha256))' "$1" >/dev/null || { echo "$name is not listed with its checksum"; missing=1; }
    case "$file" in *.dll) ;; *) continue ;; esac
    [[ $(basename "$file" .dll) =~ $ours ]] || jq -e --arg name "$name" '
      . as $all | (.files[] | select(.fileName == $name) | .SPDXID) as $id
      | any(.relationships[]; .spdxElementId == $id and .relationshipType == "EXPANDED_FROM_ARCHIVE"
          and (.relatedSpdxElement as $package | any($all.packages[]; .SPDXID == $package and (.checksums[0].checksumValue | length) == 128 and (.licenseDeclared | length) > 1)))' \
      "$1" >/dev/null || { echo "$name is of no package"; missing=1; }
  done
  return $missing
}
check 'the bill of materials has every file, and the package, licence and SHA-512 of every dll of others' listed "$sbom"
jq '.files |= map(select(.fileName | endswith("Polly.Core.dll") | not))' "$sbom" >"$work/without.json"
check 'a dll that is missing in it is seen' refuses listed "$work/without.json"
jq '.relationships |= map(select(.relationshipType != "EXPANDED_FROM_ARCHIVE"))' "$sbom" >"$work/without.json"
check 'a dll of which nobody knows the package is seen' refuses listed "$work/without.json"
licensed() {
  local name
  for name in $(jq -r '.packages[].licenseDeclared' "$sbom" | sort -u); do
    grep -q "^License: $name\$" "$tree/usr/share/doc/taximeter-agent/copyright" || { echo "the text of $name is missing"; return 1; }
  done
}
check 'the texts of all their licences are in it' licensed

# --- the root --------------------------------------------------------------------------------------------------------------------------------------------------

part 'waiting for the fresh Debian'
if ! wait "$making"; then cp "$work/root.log" "$out"; making=''; fault 'a fresh Debian is made'; exit 1; fi
making=''
pass 'a fresh Debian is made'
# What mmdebstrap told dpkg for itself.
rm -f "$root/etc/dpkg/dpkg.cfg.d/99mmdebstrap"

# Runs a command in the root, with its own process ids and mounts. The simulator is there to be read, the terminals and the loopback are this machine's.
simulator=$source/src/TaximeterAgent.Simulator/bin/Debug/net10.0
mkdir -p "$root/opt/simulator" "$root/packages"
# shellcheck disable=SC2016 # for the shell inside
inside() {
  unshare --mount --pid --fork --kill-child --propagation private sh -c '
    root=$1 simulator=$2; shift 2
    mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" || exit 1
    [ ! -d "$simulator" ] || { mount --bind "$simulator" "$root/opt/simulator" && mount -o remount,bind,ro "$root/opt/simulator"; } || exit 1
    exec chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive TMPDIR=/tmp "$@"
  ' sh "$root" "$simulator" "$@"
}
as_agent() { inside setpriv --reuid=taximeter-agent --regid=taximeter-agent --init-groups env HOME=/tmp "$@"; }
# shellcheck disable=SC2016 # dpkg's own
version() { inside dpkg-query -W -f '${Version} ${db:Status-Abbrev}' taximeter-agent; }
is_version() { [[ $(version) == "$1 ii "* ]] || { version; return 1; }; }
cp "$old" "$root/packages/old.deb"
cp "$new" "$root/packages/new.deb"

part 'installing'
check 'it installs' inside dpkg -i /packages/old.deb
cp "$out" "$work/install.log"
check 'what to do next is said' grep -q 'taximeter-agent setup' "$work/install.log"
check 'it is installed' is_version "$old_version"
check 'the agent has a user of its own, in the groups of the devices' says '\(dialout\).*\(input\)|\(input\).*\(dialout\)' inside id taximeter-agent
mode() { [ "$(stat -c '%U:%a' "$root$2")" = "$1" ] || { stat "$root$2"; return 1; }; }
check 'the configuration has its folder' mode root:755 /etc/taximeter-agent
check 'the keys have a folder that only root may enter' mode root:700 /etc/taximeter-agent/credentials
enabled() { [ -L "$root/etc/systemd/system/multi-user.target.wants/$1" ]; }
check 'the service is enabled' enabled taximeter-agent.service
check 'its watcher after upgrades is enabled' enabled taximeter-agent-upgrade.service

check 'without a .NET runtime it says so, and where it looked' says 'no \.NET 10 runtime.*' ends_with 72 inside taximeter-agent --version
mkdir -p "$root/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.11"
printf '#!/bin/sh\necho old\n' >"$root/usr/share/dotnet/dotnet"
chmod 0755 "$root/usr/share/dotnet/dotnet"
check 'with one that is too old it says which it found' says 'Microsoft.NETCore.App 8.0.11' ends_with 72 inside taximeter-agent --version
rm -rf "$root/usr/share/dotnet"
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$root/usr/share/dotnet/shared"
cp -a "$dotnet/dotnet" "$dotnet/host" "$root/usr/share/dotnet/"
cp -a "$dotnet/shared/Microsoft.NETCore.App" "$dotnet/shared/Microsoft.AspNetCore.App" "$root/usr/share/dotnet/shared/"
check 'with this machine'\''s .NET it runs' says "^$old_version" as_agent taximeter-agent --version
check 'without a configuration it ends with 78, which is not started again' ends_with 78 as_agent taximeter-agent run

part 'the unit'
unit=/usr/lib/systemd/system/taximeter-agent.service
verify() {
  inside systemd-analyze verify --man=no "$@" >"$work/verify" 2>&1
  local rc=$?
  cat "$work/verify"
  # An older systemd passes over what it does not know, and says so.
  [ $rc -eq 0 ] && ! grep -v -E "Unknown key name '(RestartSteps|RestartMaxDelaySec)' in section 'Service', ignoring" "$work/verify" | grep -q .
}
check 'systemd-analyze verify has nothing against the units' verify "$unit" /usr/lib/systemd/system/taximeter-agent-upgrade.service
score() {
  inside systemd-analyze security --offline=true --no-pager "$1" >"$work/score" 2>&1
  tail -n 1 "$work/score"
  local found
  found=$(sed -nE 's/.*Overall exposure level for [^:]*: ([0-9.]+) .*/\1/p' "$work/score")
  [ -n "$found" ] && awk -v found="$found" 'BEGIN { exit !(found <= 1.5) }'
}
check 'systemd-analyze security says at most 1.5' score "$unit"
tail -n 1 "$work/score" | sed 's/^/     /'
sed 's/^ProtectSystem=.*//; s/^SystemCallFilter=.*//; s/^CapabilityBoundingSet=.*//' "$root$unit" >"$root/tmp/open.service"
check 'a unit that is less closed is seen' refuses score /tmp/open.service

part 'a payment'
[ -f "$simulator/TaximeterAgent.Simulator.dll" ] || dotnet build "$source/src/TaximeterAgent.Simulator" --nologo -v quiet >"$work/simulator.log" 2>&1
# shellcheck disable=SC2086 # a command and its arguments
play() { export -f inside as_agent; export root simulator; ${RUN_ALONE:-} bash -c 'as_agent /usr/share/dotnet/dotnet /opt/simulator/TaximeterAgent.Simulator.dll run manual-entry --agent /usr/bin/taximeter-agent'; }
check 'the installed agent takes a payment as its own user (manual-entry)' play

# --- a system that is running, as far as the package's scripts can see -----------------------------------------------------------------------------------------------

part 'upgrades'
mkdir -p "$root/run/systemd/system" "$root/run/fake"
cat >"$root/usr/local/sbin/systemctl" <<'FAKE'
#!/bin/sh
# Stands in for the service manager. The agent "starts" if its program does.
log=/run/fake
verb='' unit='' property=''
for word in "$@"; do
  case "$word" in
    --property=*) property=${word#*=} ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else unit=$word; fi ;;
  esac
done
echo "$verb $unit" >>$log/calls
case "$verb" in
  start | restart)
    echo $$ >"$log/$unit.id"
    if [ "$unit" != taximeter-agent.service ] || setpriv --reuid=taximeter-agent --regid=taximeter-agent --init-groups taximeter-agent --version >/dev/null 2>&1; then
      echo active >"$log/$unit"
    else
      echo failed >"$log/$unit"
      exit 1
    fi
    ;;
  stop) echo inactive >"$log/$unit" ;;
  is-enabled) echo enabled ;;
  is-active) [ "$(cat "$log/$unit" 2>/dev/null)" = active ] ;;
  show) case "$property" in ActiveState) cat "$log/$unit" ;; InvocationID) cat "$log/$unit.id" ;; esac ;;
esac
FAKE
chmod 0755 "$root/usr/local/sbin/systemctl"
state() { cat "$root/run/fake/taximeter-agent.service"; }
is_state() { [ "$(state)" = "$1" ] || { state; return 1; }; }
# What a car has of its own.
jq '.Outbox = {Directory: "/var/lib/taximeter-agent"}' "$tree/usr/share/doc/taximeter-agent/examples/config.json" >"$root/etc/taximeter-agent/config.json"
chmod 0600 "$root/etc/taximeter-agent/config.json"
echo '# this car' >>"$root/etc/udev/rules.d/70-taximeter.rules"
inside install -d -m 0700 -o taximeter-agent -g taximeter-agent /var/lib/taximeter-agent
outbox() { # SCHEMA: a database that says that it has it
  { printf 'SQLite format 3\000'; head -c 44 /dev/zero; printf '\0\0\0'; printf '%b' "\\x$(printf %02x "$1")"; head -c 4032 /dev/zero; } >"$root/var/lib/taximeter-agent/outbox.db"
}
outbox 1
kept() {
  (cd "$root" && sha256sum etc/taximeter-agent/config.json etc/udev/rules.d/70-taximeter.rules var/lib/taximeter-agent/*)
}
kept >"$work/before"
is_kept() { kept | diff "$work/before" -; }
inside systemctl start taximeter-agent.service

check 'it is upgraded' inside dpkg -i /packages/new.deb
check 'the new version is installed, and started' is_version "$new_version"
check 'it was stopped before its files went' grep -q '^stop taximeter-agent.service' "$root/run/fake/calls"
check 'it runs' is_state active
check 'configuration, conffile and outbox are as they were' is_kept
check 'the version before is kept' says "^$old_version\$" inside dpkg-deb -f /var/cache/taximeter-agent/previous.deb Version
check 'the upgrade is watched' says "^$old_version $new_version\$" cat "$root/var/cache/taximeter-agent/pending"
rollback=(inside /usr/lib/taximeter-agent/rollback.sh)
check 'a version that runs is left alone' says 'the upgrade is done' "${rollback[@]}" --if-failed --within 20 --steady 1
check 'and is watched no longer' refuses test -e "$root/var/cache/taximeter-agent/pending"

broken=$work/broken
dpkg-deb -R "$new" "$broken"
sed -i 's/^Version: .*/Version: 99.0.1/' "$broken/DEBIAN/control"
sed -i 's/^version=.*/version=99.0.1/' "$broken"/DEBIAN/p*
: >"$broken/usr/lib/taximeter-agent/taximeter-agent.dll"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$broken" "$root/packages/broken.deb" >/dev/null
check 'a version that does not start is installed' says 'it did not start' inside dpkg -i /packages/broken.deb
check 'it is seen, and the version before comes back' says "version $new_version runs" ends_with 0 "${rollback[@]}" --if-failed --within 20 --steady 1
check 'it is installed again' is_version "$new_version"
sound() { inside dpkg --verify taximeter-agent | tee "$work/changed"; ! grep -v -F /etc/ "$work/changed" | grep -q .; }
check 'all its files are what they were' sound
check 'it runs again' is_state active
check 'configuration, conffile and outbox are as they were, still' is_kept
check 'apt does not bring the broken one again' grep -q '^Pin: version 99.0.1' "$root/etc/apt/preferences.d/taximeter-agent-failed"
check 'there is nothing more to go back to, and that is said' says 'nothing to go back to' ends_with 65 "${rollback[@]}" --yes

part 'interrupted upgrades'
inside dpkg --force-downgrade -i /packages/old.deb >/dev/null 2>&1
"${rollback[@]}" --if-failed --within 20 --steady 1 >/dev/null 2>&1
inside dpkg --unpack /packages/new.deb >/dev/null 2>&1
check 'the power is cut when the files are there: the upgrade is ended at the next boot' says 'the upgrade is done' "${rollback[@]}" --if-failed --within 20 --steady 1
check 'the new version is installed' is_version "$new_version"
inside dpkg --force-downgrade -i /packages/old.deb >/dev/null 2>&1
"${rollback[@]}" --if-failed --within 20 --steady 1 >/dev/null 2>&1
inside dpkg --unpack /packages/new.deb >/dev/null 2>&1
# As dpkg leaves it when it ends among the files.
sed -i '/^Package: taximeter-agent$/,/^$/s/^Status: .*/Status: install reinstreq half-installed/' "$root/var/lib/dpkg/status"
rm "$root/usr/lib/taximeter-agent/TaximeterAgent.Core.dll"
check 'the power is cut among the files: the version before is put back' says "version $old_version runs" ends_with 0 "${rollback[@]}" --if-failed --within 20 --steady 1
check 'it is installed, whole' is_version "$old_version"
check 'and its files are what they were' sound
check 'configuration, conffile and outbox are as they were all the time' is_kept
inside dpkg -i /packages/new.deb >/dev/null 2>&1
"${rollback[@]}" --if-failed --within 20 --steady 1 >/dev/null 2>&1

part 'downgrades'
check 'an older version that reads the outbox may be installed' inside dpkg --force-downgrade -i /packages/old.deb
check 'and it runs, so that it is what is kept' says 'the upgrade is done' "${rollback[@]}" --if-failed --within 20 --steady 1
inside dpkg -i /packages/new.deb >/dev/null 2>&1
outbox 9
kept >"$work/before"
check 'one that cannot read it is refused' says 'it has schema 9, and this version reads up to' ends_with 1 inside dpkg --force-downgrade -i /packages/old.deb
check 'the version that was there stays' is_version "$new_version"
check 'and runs' is_state active
check 'and the outbox is not touched' is_kept
check 'going back to it is refused as well' says 'cannot read the outbox any more' ends_with 65 "${rollback[@]}" --yes
outbox 1
# A log that was not brought into the database: header with pages of 512 bytes, page 2, then page 1 with schema 7.
{
  printf '\x37\x7f\x06\x82'; head -c 4 /dev/zero; printf '\0\0\x02\0'; head -c 20 /dev/zero
  printf '\0\0\0\x02'; head -c 20 /dev/zero; head -c 512 /dev/zero
  printf '\0\0\0\x01'; head -c 20 /dev/zero; head -c 60 /dev/zero; printf '\0\0\0\x07'; head -c 448 /dev/zero
} >"$root/var/lib/taximeter-agent/outbox.db-wal"
check 'a schema that only the log has is seen' says 'it has schema 7, and this version reads up to' ends_with 1 inside dpkg --force-downgrade -i /packages/old.deb
rm "$root/var/lib/taximeter-agent/outbox.db-wal"

# --- the end -------------------------------------------------------------------------------------------------------------------------------------------------------

part 'removing and purging'
kept_by_removal() { (cd "$root" && sha256sum etc/taximeter-agent/config.json etc/udev/rules.d/70-taximeter.rules var/lib/taximeter-agent/outbox.db); }
kept_by_removal >"$work/before"
check 'it is removed' inside dpkg -r taximeter-agent
check 'its program is gone' refuses test -e "$root/usr/lib/taximeter-agent"
check 'it was stopped' is_state inactive
is_kept_by_removal() { kept_by_removal | diff "$work/before" -; }
check 'configuration, conffile and outbox are kept' is_kept_by_removal
check 'installed again it takes up where it was' inside dpkg -i /packages/new.deb
check 'purge says that it keeps the outbox' says 'KEEPS the outbox in /var/lib/taximeter-agent' inside dpkg -P taximeter-agent
cp "$out" "$work/purge.log"
check 'and that it removes configuration and keys' grep -q 'purge removes /etc/taximeter-agent' "$work/purge.log"
check 'they are gone' refuses test -e "$root/etc/taximeter-agent"
check 'the conffile is gone' refuses test -e "$root/etc/udev/rules.d/70-taximeter.rules"
check 'no link of the service is left' refuses enabled taximeter-agent.service
check 'the outbox is there' test -s "$root/var/lib/taximeter-agent/outbox.db"
rm -rf "$root/var/lib/taximeter-agent"
inside dpkg -i /packages/new.deb >/dev/null 2>&1
inside dpkg -P taximeter-agent >/dev/null 2>&1
left() {
  find "$root/etc" "$root/usr" "$root/var" -path "$root/var/lib/dpkg" -prune -o -path "$root/var/log" -prune -o -name '*taximeter*' -print | tee "$work/left"
  [ ! -s "$work/left" ]
}
check 'purged without an outbox it leaves nothing' left

part ''
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
