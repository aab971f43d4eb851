#!/usr/bin/env bash
# Makes a kernel that has what Debian's has not, gpio-sim and a pad of keys on a GPIO chip: of Debian's linux-source, small, all built in. docs/board.md.
#
#   kernel.sh       prints the kernel's file; QEMU starts it without an initrd
#
# Lies in the same cache as the image, under a hash of all that goes in; the first takes five to twenty minutes. Ends with 0, or: 69 a tool or Debian's source is missing;
# 70 it could not be built.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC KBUILD_BUILD_TIMESTAMP=@0 KBUILD_BUILD_USER=board KBUILD_BUILD_HOST=board
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
fail() { local code=$1; shift; printf 'kernel: %s\n' "$*" >&2; exit "$code"; }
[ "$(uname -m)" = x86_64 ] || fail 69 'its configuration is that of a PC'
packed=$(find /usr/src -maxdepth 1 -name 'linux-source-*.tar.xz' 2>/dev/null | sort -V | tail -n 1)
[ -n "$packed" ] || fail 69 'there is no linux-source here (Debian: linux-source make gcc bc bison flex libelf-dev libssl-dev)'
for tool in make gcc bc bison flex strip; do
  command -v "$tool" >/dev/null || fail 69 "there is no $tool on PATH (Debian: make gcc bc bison flex libelf-dev libssl-dev)"
done
for header in libelf.h openssl/opensslv.h; do
  gcc -E -include "$header" -x c /dev/null >/dev/null 2>&1 || fail 69 "there is no $header here (Debian: libelf-dev libssl-dev)"
done
cache=${BOARD_CACHE:-${XDG_CACHE_HOME:-/var/cache}/taximeter-board}
mkdir -p "$cache"
# One at a time: whoever comes second finds it made.
exec 9>"$cache/kernel-lock"
flock 9

key=$({ cat "$here/kernel.sh" "$here/kernel/board.config" "$here/kernel/board-matrix.c" && gcc --version && stat -c '%n %s %Y' "$packed"; } | sha256sum | cut -c1-16)
made=$cache/kernel-$key
if [ -f "$made/kernel" ]; then
  touch "$made"
  echo "$made/kernel"
  exit 0
fi

work=$(mktemp -d -p "$cache" making-kernel-XXXXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
echo 'kernel: building a small one of Debian'"'"'s source, five to twenty minutes' >&2
mkdir "$work/source" "$work/build" "$work/made"
tar -xf "$packed" -C "$work/source" --strip-components=1
cp "$here/kernel/board-matrix.c" "$work/source/drivers/gpio/"
# shellcheck disable=SC2016 # a variable of make's
echo 'obj-$(CONFIG_GPIO_SIM) += board-matrix.o' >>"$work/source/drivers/gpio/Makefile"
made_by() { make -C "$work/source" O="$work/build" "$@" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; fail 70 'it could not be built'; }; }
KCONFIG_ALLCONFIG=$here/kernel/board.config made_by allnoconfig
# What the source does not know by that name, or does not give because something else is missing, it leaves out and says nothing.
while read -r line; do
  grep -qxF -- "$line" "$work/build/.config" || fail 70 "the kernel's own configuration does not take $line"
done < <(grep '^CONFIG_' "$here/kernel/board.config")
made_by -j"$(nproc)" vmlinux
strip -o "$work/made/kernel" "$work/build/vmlinux"
mv "$work/made" "$made"
find "$cache" -mindepth 1 -maxdepth 1 -name 'kernel-*' -type d -mtime +7 ! -path "$made" -exec rm -rf {} +
echo "$made/kernel"
