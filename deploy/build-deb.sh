#!/usr/bin/env bash
# Builds a Debian package, the agent's or the relay's: docs/packaging.md.
#
#   build-deb.sh [--package agent|relay] [--arch arm64|armhf|amd64] [--self-contained] [--runtime TARBALL] [--with-litedb] [--with-iot-bindings]
#
# Without arguments: the agent's package, for every architecture, which runs with the board's own .NET runtime. --runtime puts the runtime of a tarball into the package (the only
# way on armhf that needs nothing on the board); --self-contained takes it from the package source. Both need --arch.
# --with-litedb and --with-iot-bindings put what is optional into the agent, if the package source has it: docs/outbox.md, docs/hardware/iot-bindings.md.
# Writes artifacts/deb/*.deb and nothing else. The same commit gives the same bytes, wherever and whenever it is built with the same SDK: times are the commit's
# (or SOURCE_DATE_EPOCH), the order and owners of files are fixed, no path of this machine is in it.
# Ends with 0, or: 64 the arguments are wrong; 65 something that belongs into the package is not as it should be; 69 a tool or the runtime's packs are not to be had;
# 70 the build failed.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source=$(cd "$here/.." && pwd -P)
packaging=$here/deb
# What differs between the packages: $packaging/KIND/package.sh says it.
kind=agent
package='' project='' who='' place='' units='' depends='' recommends='' summary='' description=''
schema=''

fail() { local code=$1; shift; printf 'build-deb: %s\n' "$*" >&2; exit "$code"; }
usage() { printf 'usage: build-deb.sh [--package agent|relay] [--arch arm64|armhf|amd64] [--self-contained] [--runtime TARBALL] [--with-litedb] [--with-iot-bindings]\n' >&2; fail 64 "$*"; }

arch=all
self_contained=no
runtime=''
options=()
while [ $# -gt 0 ]; do
  case "$1" in
    --package)
      case "${2:-}" in agent | relay) kind=$2 ;; *) usage "--package: found '${2:-}', expected agent or relay" ;; esac
      shift
      ;;
    --arch)
      case "${2:-}" in arm64 | armhf | amd64) arch=$2 ;; *) usage "--arch: found '${2:-}', expected arm64, armhf or amd64" ;; esac
      shift
      ;;
    --self-contained) self_contained=yes ;;
    --runtime)
      [ -n "${2:-}" ] || usage '--runtime wants a tarball'
      [ -f "$2" ] || fail 64 "--runtime: there is no file $2"
      runtime=$(realpath "$2")
      shift
      ;;
    --with-litedb) options+=(-p:WithLiteDb=true) ;;
    --with-iot-bindings) options+=(-p:WithIotBindings=true) ;;
    *) usage "'$1' is not known" ;;
  esac
  shift
done
[ ${#options[@]} -eq 0 ] || [ "$kind" = agent ] || usage '--with-litedb and --with-iot-bindings are options of the agent'
[ "$self_contained" = no ] || [ -z "$runtime" ] || usage '--self-contained and --runtime are two ways to the same: take one'
if [ "$arch" = all ]; then
  if [ "$self_contained" = yes ] || [ -n "$runtime" ]; then usage 'a runtime is for one architecture: say which with --arch'; fi
fi
case "$arch" in
  amd64) rid=linux-x64 machine=3e00 ;;
  arm64) rid=linux-arm64 machine=b700 ;;
  armhf) rid=linux-arm machine=2800 ;;
  *) rid='' machine='' ;;
esac
for tool in dotnet dpkg-deb jq gzip tar sha512sum; do
  command -v "$tool" >/dev/null || fail 69 "there is no $tool on PATH"
done
# shellcheck source=/dev/null
. "$packaging/$kind/package.sh"

props=$source/Directory.Build.props
version=$(sed -nE 's|.*<Version>([0-9][0-9.]*[^<]*)</Version>.*|\1|p' "$props")
[ -n "$version" ] || fail 65 "$props names no <Version>"
major=$(sed -nE 's|.*<TargetFramework>net([0-9]+)\.[0-9]+</TargetFramework>.*|\1|p' "$props")
[ -n "$major" ] || fail 65 "$props names no <TargetFramework>"
logged=$(sed -nE "1s/^$package \(([^)]*)\) .*/\1/p" "$packaging/$kind/changelog")
[ "$logged" = "$version" ] || fail 65 "deploy/deb/$kind/changelog begins with version $logged, and Directory.Build.props has $version: write what is new"
before_building

if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git -C "$source" log -1 --format=%ct 2>/dev/null) || fail 65 "$source is no git clone: set SOURCE_DATE_EPOCH, the time that the files in the package get"
  [ -z "$(git -C "$source" status --porcelain)" ] || echo 'build-deb: the clone has changes that are not committed; the package holds them' >&2
fi
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
lib=$root/usr/lib/$package
doc=$root/usr/share/doc/$package

filled_in() { # TEMPLATE: with the pieces that it includes, the package's own before those of all, and with its names. One marked with ? need not be there
  awk -v own="$packaging/$kind/" -v shared="$packaging/fragments/" '
    match($0, /^ *@include [a-z-]+\??@$/) {
      indent = $0; sub(/@.*/, "", indent)
      name = $2; needed = !sub(/\?@$/, "", name); sub(/@$/, "", name)
      found = 0
      while ((getline line < (own name ".sh")) > 0) { found = 1; print (line == "" ? "" : indent line) }
      if (!found) while ((getline line < (shared name ".sh")) > 0) { found = 1; print (line == "" ? "" : indent line) }
      close(own name ".sh"); close(shared name ".sh")
      if (needed && !found) { print "there is no piece " name > "/dev/stderr"; exit 1 }
      next
    }
    { print }' "$1" |
    sed -e "s/@VERSION@/$version/g" -e "s/@SCHEMA@/$schema/g" -e "s/@PACKAGE@/$package/g" -e "s/@UNITS@/$units/g" -e "s/@WHO@/$who/g" -e "s/@PLACE@/$place/g" \
      -e "s/@DOTNET_MAJOR@/$major/g"
}

# --- the program -------------------------------------------------------------------------------------------------------------------------------------

# Without symbols: they hold the sources that generators write, and the generator of log messages writes its classes in another order each time. Two builds of the same commit
# would then differ, in the symbols and in the program's name of them, though not in the code.
# Everything that a build writes goes to $work, so that neither the clone's bin and obj nor a build that runs there is disturbed.
publish=("$source/src/$project" -c Release --artifacts-path "$work/build" --output "$work/published" --nologo -v quiet -nodeReuse:false
  -p:UseSharedCompilation=false -p:Deterministic=true -p:DebugType=none -p:EnableSourceControlManagerQueries=false -p:EnableSourceLink=false
  "-p:PathMap=$source=/_%2C$work/build=/_/build" "${options[@]}")
ahead=no
# For one architecture it is compiled ahead, which halves the start. For armhf nobody has tried it.
case "$arch" in
  amd64 | arm64) publish+=(-p:PublishReadyToRun=true) ahead=yes ;;
esac
if [ "$self_contained" = yes ]; then
  publish+=(--runtime "$rid" --self-contained -p:UseAppHost=true)
elif [ "$ahead" = yes ]; then
  publish+=(--runtime "$rid" --self-contained false)
fi
echo "build-deb: publishing $version"
if ! dotnet publish "${publish[@]}" >"$work/log" 2>&1; then
  if grep -q -E 'NU1101.*(Microsoft\.(NETCore|AspNetCore)\.App\.(Runtime|Host))' "$work/log"; then
    fail 69 "--self-contained: the package source has no runtime for $rid at this SDK's version; take --runtime with the runtime's tarball"
  fi
  if [ ${#options[@]} -gt 0 ] && grep -q -E 'error NU1[0-9]{3}' "$work/log"; then
    fail 69 "${options[*]}: the package source does not have what it needs: $(grep -m 1 -o -E 'error NU1[0-9]{3}.*' "$work/log")"
  fi
  tail -n 30 "$work/log" >&2
  fail 70 'dotnet publish failed'
fi

mkdir -p "$lib" "$root/usr/bin" "$doc/examples"
# Not the documentation of an assembly for those who write code with it.
find "$work/published" -maxdepth 1 -type f ! -name '*.xml' -exec cp -t "$lib" {} +
# System.IO.Ports has a part for each kind of machine; published for all of them, those that a board can be.
while read -r part; do
  mkdir -p "$lib/${part%/*}"
  cp "$work/published/$part" "$lib/$part"
done < <(cd "$work/published" && find . -path './runtimes/*' -name '*System.IO.Ports*' | grep -E '^\./runtimes/(unix|linux-x64|linux-arm64|linux-arm)/' | sort)
"$packaging/dependencies.sh" "$work/published" "$work/build/obj/$project/project.assets.json" >"$work/own.json" || fail 65 'what the program is made of is not known'
cp "$work/own.json" "$work/dependencies.json"

if [ "$self_contained" = yes ]; then
  ln -s "../lib/$package/$package" "$root/usr/bin/$package"
else
  filled_in "$packaging/wrapper.sh" >"$root/usr/bin/$package"
fi

# --- a runtime from a tarball --------------------------------------------------------------------------------------------------------------------------

if [ -n "$runtime" ]; then
  mkdir "$work/runtime" "$lib/dotnet"
  tar -xf "$runtime" -C "$work/runtime" --no-same-owner || fail 65 "--runtime: $runtime cannot be unpacked"
  [ -f "$work/runtime/dotnet" ] || fail 65 "--runtime: $runtime has no file dotnet at its top: it is not a runtime's tarball"
  found=$(od -An -v -tx1 -j18 -N2 "$work/runtime/dotnet" | tr -d ' \n')
  [ "$found" = "$machine" ] || fail 65 "--runtime: the runtime in $runtime is not for $arch (its program's machine is 0x${found:2}${found:0:2})"
  for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
    versions=("$work/runtime/shared/$framework/$major".*)
    { [ ${#versions[@]} -eq 1 ] && [ -d "${versions[0]}" ]; } || fail 65 "--runtime: $runtime does not hold exactly one $framework $major; take the tarball of the ASP.NET Core runtime"
    mkdir -p "$lib/dotnet/shared/$framework"
    cp -R "${versions[0]}" "$lib/dotnet/shared/$framework/"
  done
  # Not the rest of an SDK.
  cp -R "$work/runtime/dotnet" "$work/runtime/host" "$lib/dotnet/"
  for name in LICENSE.txt ThirdPartyNotices.txt; do
    [ ! -f "$work/runtime/$name" ] || cp "$work/runtime/$name" "$lib/dotnet/"
  done
  (cd "$lib" && find dotnet -type f | LC_ALL=C sort) | jq -R . | jq -s --arg version "$(basename "${versions[0]}")" --arg sha512 "$(sha512sum "$runtime" | cut -d' ' -f1)" \
    '[{name: "dotnet-runtime", version: $version, licence: "MIT", copyright: ".NET Foundation and Contributors", sha512: $sha512, files: ., tarball: true}]' >"$work/runtime.json"
  jq -s 'add' "$work/own.json" "$work/runtime.json" >"$work/dependencies.json"
fi
if [ "$self_contained" = yes ]; then
  # The notices of those whose code the runtime has in it.
  jq -r '.packageFolders | keys[]' "$work/build/obj/$project/project.assets.json" | while read -r folder; do
    jq -r '.[] | select(.name | test("\\.App\\.Runtime\\.")) | "\(.name) \(.version)"' "$work/own.json" | while read -r name number; do
      notice=$folder/${name,,}/$number/THIRD-PARTY-NOTICES.TXT
      [ ! -f "$notice" ] || cp "$notice" "$doc/$name.THIRD-PARTY-NOTICES.TXT"
    done
  done
fi

# --- everything around it ---------------------------------------------------------------------------------------------------------------------------------

put() { # FILE PATH: installs a file of the repository; one that is missing ends this
  [ -f "$source/$1" ] || fail 65 "$1 is not there, and the package cannot be without it"
  install -D -m 0644 "$source/$1" "$root/$2"
}
squeezed() { # FILE PATH: the same, compressed, without name and time
  [ -f "$source/$1" ] || fail 65 "$1 is not there, and the package cannot be without it"
  mkdir -p "$(dirname "$root/$2")"
  gzip -9 -n -c "$source/$1" >"$root/$2"
}
programs=()
put_program() { # FILE PATH: the same as put, to be run
  put "$1" "$2"
  programs+=("$root/$2")
}

# Below /usr/lib, where every Debian from bullseye on looks; a file of the same name below /etc takes its place.
put "systemd/$package.service" "usr/lib/systemd/system/$package.service"
put "systemd/sysusers.d/$package.conf" "usr/lib/sysusers.d/$package.conf"
put "systemd/tmpfiles.d/$package.conf" "usr/lib/tmpfiles.d/$package.conf"
squeezed "deploy/deb/$kind/changelog" "usr/share/doc/$package/changelog.Debian.gz"
"$packaging/copyright.sh" "$package" "$source/LICENSE" "$work/dependencies.json" >"$doc/copyright" || fail 65 'the licences are not complete'
contents

find "$root" -type d -exec chmod 0755 {} +
find "$root" -type f -exec chmod 0644 {} +
find "$root/usr/bin" -type f -exec chmod 0755 {} +
for program in "${programs[@]}" "$lib/$package" "$lib/createdump" "$lib/dotnet/dotnet"; do
  [ ! -f "$program" ] || chmod 0755 "$program"
done
"$packaging/sbom.sh" "$root" "$package" "$work/dependencies.json" "$version" "$arch" >"$work/sbom.json"
install -m 0644 "$work/sbom.json" "$doc/sbom.spdx.json"

# --- control --------------------------------------------------------------------------------------------------------------------------------------------

mkdir -m 0755 "$root/DEBIAN"
for script in preinst postinst prerm postrm; do
  [ -f "$packaging/$kind/$script" ] || continue
  filled_in "$packaging/$kind/$script" >"$root/DEBIAN/$script"
  chmod 0755 "$root/DEBIAN/$script"
done
if [ -d "$root/etc" ]; then
  (cd "$root" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$root/DEBIAN/conffiles"
fi
(cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\n' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 md5sum) >"$root/DEBIAN/md5sums"

runs_with="It runs with the $place's own .NET $major runtime (ASP.NET Core), wherever that is installed."
if [ "$self_contained" = yes ] || [ -n "$runtime" ]; then
  # What the runtime itself is linked with.
  depends="$depends, libc6, libgcc-s1, libstdc++6, libssl3t64 | libssl3 | libssl1.1, ca-certificates"
  runs_with="It brings its own .NET $major runtime."
else
  recommends="aspnetcore-runtime-$major.0${recommends:+, $recommends}"
fi
{
  echo "Package: $package"
  echo "Version: $version"
  echo "Architecture: $arch"
  echo "Maintainer: $(sed -nE '/^ -- /{s/^ -- (.*>)  .*/\1/p;q}' "$packaging/$kind/changelog")"
  echo "Installed-Size: $(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')"
  echo "Depends: $depends"
  [ -z "$recommends" ] || echo "Recommends: $recommends"
  echo 'Section: misc'
  echo 'Priority: optional'
  echo "Description: $summary"
  echo "$description"
  echo ' .'
  fold -s -w 78 <<<"$runs_with" | sed -e 's/ *$//' -e 's/^/ /'
} >"$root/DEBIAN/control"

find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
output=$source/artifacts/deb
mkdir -p "$output"
flavour=''
[ "$self_contained" = no ] || flavour='+self-contained'
[ -z "$runtime" ] || flavour='+runtime'
file=$output/${package}_${version}_$arch$flavour.deb
rm -f "$file"
# One thread: the number of them would be in the bytes.
DPKG_DEB_THREADS_MAX=1 dpkg-deb --root-owner-group -Zxz -z6 --build "$root" "$work/package.deb" >/dev/null
mv "$work/package.deb" "$file"
echo "build-deb: ${file#"$source/"}  $(sha256sum "$file" | cut -d' ' -f1)"
