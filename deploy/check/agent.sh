#!/usr/bin/env bash
# The agent's package, from what is in it to its purging; read by check-package.sh.
# shellcheck disable=SC2034,SC2154 # from and for common.sh

part 'what is in the agent'\''s package'
says_depends() {
  dpkg-deb -f "$old"
  [[ $(dpkg-deb -f "$old" Depends) == *libsqlite3-0* && $(dpkg-deb -f "$old" Depends) != *runtime* && $(dpkg-deb -f "$old" Recommends) == *aspnetcore-runtime-* ]]
}
check 'it depends on SQLite, and only recommends the .NET runtime' says_depends
look_into

part 'installing'
check 'it installs' inside dpkg -i /packages/old.deb
cp "$out" "$work/install.log"
check 'what to do next is said' grep -q 'taximeter-agent setup' "$work/install.log"
check 'it is installed' is_version "$old_version"
check 'the agent has a user of its own, in the groups of the devices' says '\(dialout\).*\(input\)|\(input\).*\(dialout\)' inside id taximeter-agent
check 'the configuration has its folder' mode root:755 /etc/taximeter-agent
check 'the keys have a folder that only root may enter' mode root:700 /etc/taximeter-agent/credentials
check 'the service is enabled' enabled taximeter-agent.service
check 'its watcher after upgrades is enabled' enabled taximeter-agent-upgrade.service

check 'without a .NET runtime it says so, and where it looked' says 'no \.NET 10 runtime.*' ends_with 72 inside taximeter-agent --version
mkdir -p "$root/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.11"
printf '#!/bin/sh\necho old\n' >"$root/usr/share/dotnet/dotnet"
chmod 0755 "$root/usr/share/dotnet/dotnet"
check 'with one that is too old it says which it found' says 'Microsoft.NETCore.App 8.0.11' ends_with 72 inside taximeter-agent --version
rm -rf "$root/usr/share/dotnet"
give_dotnet
check 'with this machine'\''s .NET it runs' says "^$old_version" as_user taximeter-agent --version
check 'without a configuration it ends with 78, which is not started again' ends_with 78 as_user taximeter-agent run

part 'the unit'
unit=/usr/lib/systemd/system/taximeter-agent.service
check 'systemd-analyze verify has nothing against the units' verify "$unit" /usr/lib/systemd/system/taximeter-agent-upgrade.service
check 'systemd-analyze security says at most 1.5' score "$unit" 1.5
tail -n 1 "$work/score" | sed 's/^/     /'
sed 's/^ProtectSystem=.*//; s/^SystemCallFilter=.*//; s/^CapabilityBoundingSet=.*//' "$root$unit" >"$root/tmp/open.service"
check 'a unit that is less closed is seen' refuses score /tmp/open.service 1.5

part 'a payment'
[ -f "$simulator/TaximeterAgent.Simulator.dll" ] || dotnet build "$source/src/TaximeterAgent.Simulator" --nologo -v quiet >"$work/simulator.log" 2>&1
# shellcheck disable=SC2086 # a command and its arguments
play() { export -f inside as_user; export root simulator package; ${RUN_ALONE:-} bash -c 'as_user /usr/share/dotnet/dotnet /opt/simulator/TaximeterAgent.Simulator.dll run manual-entry --agent /usr/bin/taximeter-agent'; }
check 'the installed agent takes a payment as its own user (manual-entry)' play

part 'upgrades'
fake_systemd
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
check 'purged without an outbox it leaves nothing' left

