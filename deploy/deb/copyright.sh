#!/usr/bin/env bash
# Debian's machine-readable copyright file: copyright.sh PACKAGE LICENSE DEPENDENCIES
#
#   PACKAGE       its name
#   LICENSE       the project's own
#   DEPENDENCIES  what dependencies.sh printed
#
# The texts of the licences are in licences/, named as SPDX names them; one that is not there ends this.
set -euo pipefail
package=$1
license=$2
dependencies=$3
texts=$(dirname "$0")/licences

text() { sed -e 's/^$/./' -e 's/^/ /' "$1"; }

holders=$(sed -nE 's/^Copyright (\(c\) )?//p' "$license" | head -n 1)
[ -n "$holders" ] || { echo "$license does not say whose copyright it is" >&2; exit 1; }
cat <<HEAD
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: TaximeterAgent

Files: *
Copyright: $holders
License: MIT
HEAD

# A runtime has hundreds of files, and a folder of its own.
jq -r --arg lib "usr/lib/$package/" '.[] | "\nFiles: \(if .tarball then $lib + "dotnet/*" else (.files | map($lib + .) | join("\n ")) end)\nCopyright: \(.copyright)\nLicense: \(.licence | gsub(" OR "; " or "))\nComment: \(.name) \(.version)"' "$dependencies"

# One may be a choice between several: then the texts of all are given.
{ echo MIT; jq -r '.[].licence | split(" OR ")[]' "$dependencies"; } | LC_ALL=C sort -u | while read -r licence; do
  [ -f "$texts/$licence.txt" ] || { echo "the text of the licence $licence is not in $texts" >&2; exit 1; }
  printf '\nLicense: %s\n' "$licence"
  text "$texts/$licence.txt"
done
