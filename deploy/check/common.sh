#!/usr/bin/env bash
# What the checks of both packages share; read by check-package.sh, which has source, work and base.
# shellcheck disable=SC2154 # given by it

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
says() { # PATTERN COMMAND…: succeeds if the command's output has it, however the command ends, unless ends_with says how it should
  local pattern=$1 rc
  shift
  "$@" >"$work/said" 2>&1
  rc=$?
  cat "$work/said"
  grep -q -E "$pattern" "$work/said" || { echo "nothing there says: $pattern"; return 1; }
  [ "$1" != ends_with ] || return $rc
}
refuses() { ! "$@"; }
begun=$SECONDS
part() { [ -z "${doing:-}" ] || echo "     $doing: $((SECONDS - begun)) s"; begun=$SECONDS; doing=$1; }

# --- a fresh Debian ------------------------------------------------------------------------------------------------------------------------------------------

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
  printf '%s\n' "$sources" | mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io --include=libsqlite3-0,systemd,udev,ca-certificates "$release" "$root" -
}

# Runs a command in the root, with its own process ids and mounts. The simulator is there to be read, the terminals and the loopback are this machine's.
# shellcheck disable=SC2016 # for the shell inside
inside() {
  unshare --mount --pid --fork --kill-child --propagation private sh -c '
    root=$1 simulator=$2; shift 2
    mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" || exit 1
    [ ! -d "$simulator" ] || { mount --bind "$simulator" "$root/opt/simulator" && mount -o remount,bind,ro "$root/opt/simulator"; } || exit 1
    exec chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive TMPDIR=/tmp "$@"
  ' sh "$root" "$simulator" "$@"
}
as_user() { inside setpriv --reuid="$package" --regid="$package" --init-groups env HOME=/tmp "$@"; }
give_dotnet() {
  local dotnet
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  mkdir -p "$root/usr/share/dotnet/shared"
  cp -a "$dotnet/dotnet" "$dotnet/host" "$root/usr/share/dotnet/"
  cp -a "$dotnet/shared/Microsoft.NETCore.App" "$dotnet/shared/Microsoft.AspNetCore.App" "$root/usr/share/dotnet/shared/"
}
# shellcheck disable=SC2016 # dpkg's own
version() { inside dpkg-query -W -f '${Version} ${db:Status-Abbrev}' "$package"; }
is_version() { [[ $(version) == "$1 ii "* ]] || { version; return 1; }; }
mode() { # OWNER:MODE PATH
  [ "$(inside stat -c '%U:%a' "$2")" = "$1" ] || { inside stat "$2"; return 1; }
}
enabled() { [ -L "$root/etc/systemd/system/multi-user.target.wants/$1" ]; }

verify() {
  inside systemd-analyze verify --man=no "$@" >"$work/verify" 2>&1
  local rc=$?
  cat "$work/verify"
  # An older systemd passes over what it does not know, and says so.
  [ $rc -eq 0 ] && ! grep -v -E "Unknown key name '(RestartSteps|RestartMaxDelaySec)' in section 'Service', ignoring" "$work/verify" | grep -q .
}
score() { # UNIT MOST
  inside systemd-analyze security --offline=true --no-pager "$1" >"$work/score" 2>&1
  tail -n 1 "$work/score"
  local found
  found=$(sed -nE 's/.*Overall exposure level for [^:]*: ([0-9.]+) .*/\1/p' "$work/score")
  [ -n "$found" ] && awk -v found="$found" -v most="$2" 'BEGIN { exit !(found <= most) }'
}

# A system that is running, as far as the package's scripts can see.
fake_systemd() {
  mkdir -p "$root/run/systemd/system" "$root/run/fake"
  sed "s/@PACKAGE@/$package/g" >"$root/usr/local/sbin/systemctl" <<'FAKE'
#!/bin/sh
# Stands in for the service manager. The service "starts" if its program does.
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
    if [ "$unit" != @PACKAGE@.service ] || setpriv --reuid=@PACKAGE@ --regid=@PACKAGE@ --init-groups @PACKAGE@ --version >/dev/null 2>&1; then
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
}
state() { cat "$root/run/fake/$package.service"; }
is_state() { [ "$(state)" = "$1" ] || { state; return 1; }; }
left() {
  find "$root/etc" "$root/usr" "$root/var" -path "$root/var/lib/dpkg" -prune -o -path "$root/var/log" -prune -o -name '*taximeter*' -print | tee "$work/left"
  [ ! -s "$work/left" ]
}

# --- what is in a package ------------------------------------------------------------------------------------------------------------------------------------

no_paths() {
  local found=0 file
  for file in "$lib"/*.dll; do
    for path in "$work" "$source" "$HOME/" /tmp/; do
      if [ "$path" != / ] && LC_ALL=C grep -q -a -F "$path" "$file"; then
        case "$(basename "$file")" in "$package".* | TaximeterAgent.*) echo "$file has $path in it"; found=1 ;; esac
      fi
    done
  done
  return $found
}
owners() { [ "$(dpkg-deb -c "$old" | awk '{print $2}' | sort -u)" = root/root ] && [ "$(dpkg-deb -c "$old" | awk '{print $4, $5}' | sort -u | wc -l)" -eq 1 ]; }
listed() { # SBOM: every file of the program is in it, and every dll of others says which package it came from
  local ours='^(taximeter-[a-z]+|TaximeterAgent\.[A-Za-z]+)$' file name missing=0
  for file in "$lib"/*; do
    name=./usr/lib/$package/$(basename "$file")
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
licensed() {
  local name
  for name in $(jq -r '.packages[].licenseDeclared | split(" OR ")[]' "$sbom" | sort -u); do
    grep -q "^License: $name\$" "$tree/usr/share/doc/$package/copyright" || { echo "the text of $name is missing"; return 1; }
  done
}
# SC2043: a package with one unit has a loop over one.
clean_scripts() { local files=("$tree"/DEBIAN/p* "$tree"/usr/bin/*); shellcheck -e SC2043 "${files[@]}"; }
whole() { (cd "$tree" && md5sum --quiet -c DEBIAN/md5sums && [ "$(find . -type f ! -path './DEBIAN/*' | wc -l)" -eq "$(wc -l <DEBIAN/md5sums)" ]); }

look_into() { # unpacks the older package into $tree and looks at it
  tree=$work/tree-$package
  dpkg-deb -R "$old" "$tree"
  lib=$tree/usr/lib/$package
  sbom=$tree/usr/share/doc/$package/sbom.spdx.json
  check 'no path of this machine is in what we built' no_paths
  check 'all files are root'\''s and have one time' owners
  check 'each file has its checksum' whole
  check 'shellcheck is clean over what is installed and over the scripts of dpkg' clean_scripts
  check 'the bill of materials has every file, and the package, licence and SHA-512 of every dll of others' listed "$sbom"
  jq '.files |= map(select(.fileName | endswith("Polly.Core.dll") | not))' "$sbom" >"$work/without.json"
  check 'a dll that is missing in it is seen' refuses listed "$work/without.json"
  jq '.relationships |= map(select(.relationshipType != "EXPANDED_FROM_ARCHIVE"))' "$sbom" >"$work/without.json"
  check 'a dll of which nobody knows the package is seen' refuses listed "$work/without.json"
  check 'the texts of all their licences are in it' licensed
}
