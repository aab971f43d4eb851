#!/usr/bin/env bash
# Checks the Debian packages, the agent's and the relay's, from their building to their purging: docs/packaging.md. Wants root, because it makes a fresh Debian root and
# installs into a copy of it for each.
#
#   check-package.sh [--base ROOT] [--packages OLD NEW] [agent|relay]
#
#   agent, relay         only this one
#   --base ROOT          a fresh Debian root with libsqlite3-0, systemd, udev and ca-certificates, which is copied; without it mmdebstrap makes one
#   --packages OLD NEW   checks these two, and builds none
#
# One line for each thing checked, PASS or FAIL, and how long the parts took. Ends with 0 if nothing failed. All mounts are in a namespace of their own and end with what
# runs there; everything is written below one temporary folder. RUN_ALONE, if set, is a command put before what plays in real time. The relay's broker and database
# (deploy/relay/dev.sh) listen on this machine's loopback and are ended by their process ids.
# shellcheck disable=SC2034,SC2154 # for and from what it reads
set -u
export LC_ALL=C.UTF-8 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
base=''
old=''
new=''
kinds='agent relay'
while [ $# -gt 0 ]; do
  case "$1" in
    --base) base=${2:?--base wants a folder}; shift ;;
    --packages) old=$(realpath "${2:?--packages wants two packages}"); new=$(realpath "${3:?--packages wants two packages}"); shift 2 ;;
    agent | relay) kinds=$1 ;;
    *) echo "check-package: '$1' is not known" >&2; exit 64 ;;
  esac
  shift
done
[ "$(id -u)" -eq 0 ] || { echo 'check-package: wants root' >&2; exit 77; }
if [ -n "$old" ]; then kinds=$(dpkg-deb -f "$old" Package); kinds=${kinds#taximeter-}; fi

work=$(mktemp -d)
chmod 0755 "$work"
root=$work/fresh
making=''
fleet=''
end() {
  [ -z "$making" ] || kill "$making" 2>/dev/null
  [ -z "$fleet" ] || "$source/deploy/relay/dev.sh" stop "$fleet"
  wait
  rm -rf --one-file-system "$work"
}
trap end EXIT
# shellcheck source=/dev/null
. "$source/deploy/check/common.sh"

make_root >"$work/root.log" 2>&1 &
making=$!

# --- the scripts themselves ----------------------------------------------------------------------------------------------------------------------------------

part 'scripts'
scripts() { git -C "$source" ls-files -z | (cd "$source" && xargs -0 grep -l -I -m1 -E '^#!(/usr/bin/env |/bin/)(ba|da|)sh$'); }
lint() { cd "$source" && scripts | xargs shellcheck; }
check 'shellcheck is clean over every script' lint
check 'an architecture that is not known is refused' says "found 'mips', expected arm64, armhf or amd64" ends_with 64 "$source/deploy/build-deb.sh" --arch mips
check 'a package that is not known is refused' says "found 'radio', expected agent or relay" ends_with 64 "$source/deploy/build-deb.sh" --package radio
check 'a runtime without an architecture is refused' says 'say which with --arch' ends_with 64 "$source/deploy/build-deb.sh" --self-contained
check 'a tarball that is not there is refused' says 'there is no file' ends_with 64 "$source/deploy/build-deb.sh" --arch armhf --runtime "$work/none.tar.gz"

# --- building ------------------------------------------------------------------------------------------------------------------------------------------------

build() { # CLONE
  "$1/deploy/build-deb.sh" --package "$kind" || return
  [ "$(git -C "$1" status --porcelain)" = '' ] || { echo 'the clone was changed'; return 1; }
  [ "$(find "$1" -name obj -o -name bin | wc -l)" -eq 0 ] || { echo 'bin or obj was written'; return 1; }
}
packages() { # sets old and new
  part "building the $kind"
  local one=$work/$kind/one two=$work/$kind/some/where/else/two
  git clone -q "$source" "$one" && git clone -q "$source" "$two"
  check 'a package is built, and nothing else is written' build "$one"
  check 'a second one, from another clone' build "$two"
  check 'both have the same bytes' cmp "$one"/artifacts/deb/*.deb "$two"/artifacts/deb/*.deb
  old=$(find "$one/artifacts/deb" -name '*.deb')
  if grep -rq @VERSION@ "$two/deploy/deb/$kind"; then
    check "a later version is built" later "$two"
    new=$(find "$two/artifacts/deb" -name "*_99.0.0_*.deb")
  else
    new=$work/$kind/later.deb
    check "a later version is made of it" renumbered "$new"
  fi
}

later() { # CLONE: makes it a clone of a later version, and builds that
  sed -i "s|<Version>.*</Version>|<Version>99.0.0</Version>|" "$1/Directory.Build.props"
  { printf "taximeter-%s (99.0.0) stable; urgency=medium\n\n  * A later one.\n\n -- The TaximeterAgent authors <taximeter-agent@localhost>  Sat, 28 Nov 2026 13:00:00 +0000\n\n" "$kind"
    cat "$1/deploy/deb/$kind/changelog"; } >"$work/changelog"
  cp "$work/changelog" "$1/deploy/deb/$kind/changelog"
  git -C "$1" -c user.name=check -c user.email=check@localhost commit -q -a -m "Version 99.0.0"
  build "$1"
}
renumbered() { # PACKAGE: the same files under a later number, where no script knows the number
  dpkg-deb -R "$old" "$work/later" && sed -i "s|^Version: .*|Version: 99.0.0|" "$work/later/DEBIAN/control" && dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/later" "$1"
}

# --- each package ----------------------------------------------------------------------------------------------------------------------------------------------

simulator=$source/src/TaximeterAgent.Simulator/bin/Debug/net10.0
built=${old:+yes}
for kind in $kinds; do
  package=taximeter-$kind
  [ -n "$built" ] || packages
  if [ ! -f "$old" ] || [ ! -f "$new" ]; then echo 'FAIL without packages there is nothing more to check'; exit 1; fi
  old_version=$(dpkg-deb -f "$old" Version)
  new_version=$(dpkg-deb -f "$new" Version)

  if [ -n "$making" ]; then
    part 'waiting for the fresh Debian'
    if ! wait "$making"; then cp "$work/root.log" "$out"; making=''; fault 'a fresh Debian is made'; exit 1; fi
    making=''
    pass 'a fresh Debian is made'
    # What mmdebstrap told dpkg for itself.
    rm -f "$work/fresh/etc/dpkg/dpkg.cfg.d/99mmdebstrap"
  fi
  root=$work/root-$kind
  cp -a "$work/fresh" "$root"
  mkdir -p "$root/opt/simulator" "$root/packages"
  cp "$old" "$root/packages/old.deb"
  cp "$new" "$root/packages/new.deb"
  # shellcheck source=/dev/null
  . "$source/deploy/check/$kind.sh"
  rm -rf --one-file-system "$root"
done

part ''
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
