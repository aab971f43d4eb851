#!/usr/bin/env bash
# Makes the board's disk: a fresh Debian with its own kernel, this machine's .NET runtime and the agent's package, installed as an operator installs it. docs/board.md.
#
#   image.sh        prints the folder that holds disk.img, kernel and initrd
#
# Wants root, mmdebstrap, mke2fs and a C compiler. The folder lies in $BOARD_CACHE (or $XDG_CACHE_HOME/taximeter-board, or /var/cache/taximeter-board), outside of the repository; its name
# is a hash of all that goes in, so one that is there is taken as it is. Debian's part is cached by itself. Ends with 0, or: 69 a tool is missing or Debian cannot be had; 70
# something could not be built; 77 not root.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source=$(cd "$here/../.." && pwd -P)
fail() { local code=$1; shift; printf 'image: %s\n' "$*" >&2; exit "$code"; }
[ "$(id -u)" -eq 0 ] || fail 77 'wants root'
for tool in mmdebstrap mke2fs gcc cpio dotnet modprobe depmod; do
  command -v "$tool" >/dev/null || fail 69 "there is no $tool on PATH"
done
cache=${BOARD_CACHE:-${XDG_CACHE_HOME:-/var/cache}/taximeter-board}
mkdir -p "$cache"
# One at a time: whoever comes second finds it made.
exec 9>"$cache/lock"
flock 9

# shellcheck disable=SC1091 # not ours
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
arch=$(dpkg --print-architecture)
packages=(systemd systemd-sysv udev kmod dmsetup ca-certificates libsqlite3-0 "linux-image-$arch")
# Kinds of devices that no board has. The package of a kernel is some 400 MB.
excluded=(/usr/share/doc /usr/share/man /usr/share/locale)
for kind in drivers/gpu drivers/media drivers/net/ethernet drivers/net/wireless drivers/infiniband drivers/staging drivers/scsi/lpfc drivers/scsi/qla2xxx drivers/input/mouse net/wireless net/mac80211 \
  sound fs/btrfs fs/xfs fs/ocfs2; do
  excluded+=("/lib/modules/*/kernel/$kind")
done
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.AspNetCore\.App (10\.[^ ]*).*/\1/p' | sort -V | tail -n 1)
[ -n "$runtime" ] || fail 69 'there is no ASP.NET Core 10 runtime here'

versions() { apt-cache policy "${packages[@]}" | grep -E '^[^ ]|Candidate'; }
base=$({ echo "$release $arch"; printf '%s\n' "${packages[@]}" "${excluded[@]}"; versions; } | sha256sum | cut -c1-16)
contents() {
  # What a package is built of, as it is now, committed or not.
  (cd "$source" && git ls-files -z -co --exclude-standard -- src/TaximeterAgent src/TaximeterAgent.Core src/TaximeterAgent.EPayment deploy systemd docs Directory.Build.props Directory.Packages.props | xargs -0 sha256sum)
  (cd "$here" && find image.sh guest EmptyHost -name bin -prune -o -name obj -prune -o -type f -print0 | sort -z | xargs -0 sha256sum)
  printf '%s\n' "$base" "$runtime" "$(sha256sum <"$dotnet/dotnet")"
}
key=$(contents 2>/dev/null | sha256sum | cut -c1-16)
made=$cache/image-$key
if [ -f "$made/disk.img" ]; then
  touch "$made"
  echo "$made"
  exit 0
fi

work=$(mktemp -d -p "$cache" making-XXXXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT

debian=$cache/debian-$base.tar
if [ ! -f "$debian" ]; then
  echo 'image: making a fresh Debian with its kernel, a minute' >&2
  # shellcheck disable=SC2016 # apt's own variables
  sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' 'Origin: Debian' | sort -u)
  options=()
  for path in "${excluded[@]}"; do options+=("--dpkgopt=path-exclude=$path/*"); done
  included=$(IFS=,; echo "${packages[*]}")
  # What Debian's packages are spared must not be left out of the agent's.
  # shellcheck disable=SC2016 # for the shell of mmdebstrap
  printf '%s\n' "$sources" | mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io "${options[@]}" --include="$included" \
    --customize-hook='rm -f "$1/etc/dpkg/dpkg.cfg.d/99mmdebstrap" "$1"/boot/initrd.img-*' "$release" "$work/debian.tar" - >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; fail 69 'a Debian could not be made'; }
  mv "$work/debian.tar" "$debian"
fi

echo 'image: building the package and putting it all together' >&2
"$source/deploy/build-deb.sh" --arch "$arch" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; fail 70 'the package could not be built'; }
root=$work/root
mkdir "$root"
tar -xf "$debian" -C "$root" --exclude='./dev/*'
mkdir -p "$root/usr/share/dotnet/shared"
cp -a "$dotnet/dotnet" "$dotnet/host" "$root/usr/share/dotnet/"
for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
  mkdir "$root/usr/share/dotnet/shared/$framework"
  cp -a "$dotnet/shared/$framework/$runtime" "$root/usr/share/dotnet/shared/$framework/"
done

# As an operator does it in an image that is being built.
cp "$source"/artifacts/deb/taximeter-agent_*_"$arch".deb "$root/tmp/agent.deb"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# The operator's own rules are there before: dpkg asks about a conffile that is not its own, and keeps it.
inside dpkg --force-confold -i /tmp/agent.deb >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; fail 70 'the package could not be installed'; }
rm "$root/tmp/agent.deb"
cp -R "$here/guest/etc/." "$root/etc/"
mkdir "$root/usr/lib/board"
compiled() { gcc -O2 -Wall -Wextra -Werror -static -s -o "$2" "$here/guest/$1.c" || fail 70 "$1.c could not be compiled"; }
for program in keypad shell noise contacts matrix; do compiled "$program" "$root/usr/lib/board/$program"; done
dotnet publish "$here/EmptyHost" -c Release --artifacts-path "$work/build" --output "$work/empty" --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=false >"$work/log" 2>&1 ||
  { tail -n 20 "$work/log" >&2; fail 70 'the empty host could not be built'; }
cp "$work/empty"/EmptyHost.{dll,runtimeconfig.json} "$root/usr/lib/board/"
for unit in systemd-networkd board-keypad board-contacts board-matrix board-shell board-clock board-noise; do inside systemctl enable "$unit" >/dev/null 2>&1; done
for unit in systemd-timesyncd apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap fstrim.timer systemd-networkd-wait-online \
  getty.target getty-static systemd-update-utmp systemd-update-utmp-runlevel; do
  inside systemctl mask "$unit" >/dev/null 2>&1
done
mkdir -p "$root/var/log/journal"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*
echo 7d6b3f5a0c4e4d4f9a54a70f3c1b2a10 >"$root/etc/machine-id"

# --- kernel and what it needs to find its disk ------------------------------------------------------------------------------------------------------------

kernel=$(basename "$(find "$root/lib/modules" -mindepth 1 -maxdepth 1)")
first=$work/first
mkdir -p "$first/dev" "$first/root" "$first/lib"
compiled init "$first/init"
for module in ata_piix sd_mod ext4 crc32c_generic virtio_pci virtio_blk virtio_net virtio_console; do
  modprobe -d "$root" -S "$kernel" --show-depends "$module" | sed -nE 's/^insmod ([^ ]*).*/\1/p'
done | awk '!seen[$0]++' | while read -r file; do
  cp "$file" "$first/lib/"
  echo "/lib/$(basename "$file")"
done >"$first/modules"
mkdir "$work/made"
(cd "$first" && find . | LC_ALL=C sort | cpio -o -H newc --quiet) >"$work/made/initrd"
# Unpacked here, once: an emulated processor takes three seconds for it at each boot.
packed=$root/boot/vmlinuz-$kernel
at=$(LC_ALL=C grep -a -b -o -m1 -P '\xFD7zXZ\x00' "$packed" | head -n 1 | cut -d: -f1)
if [ -n "$at" ] && tail -c "+$((at + 1))" "$packed" | xz -dc --single-stream >"$work/made/kernel" 2>/dev/null && [ "$(head -c 4 "$work/made/kernel" | tail -c 3)" = ELF ]; then
  :
else
  cp "$packed" "$work/made/kernel"
fi
rm -rf "${root:?}"/boot/*
depmod -b "$root" "$kernel"

# Room for the journal and the outbox. Without lazy parts: the kernel would fill them in while the board runs.
size=$(($(du -sm "$root" | cut -f1) + 256))
mke2fs -q -t ext4 -L board -E lazy_itable_init=0,lazy_journal_init=0 -d "$root" "$work/made/disk.img" "${size}M" >/dev/null || fail 70 'the disk could not be made'
mv "$work/made" "$made"
# What nobody has wanted for a week goes.
find "$cache" -mindepth 1 -maxdepth 1 \( -name 'image-*' -o -name 'debian-*.tar' \) -mtime +7 ! -path "$made" ! -path "$debian" -exec rm -rf {} +
echo "$made"
