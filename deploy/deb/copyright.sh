#!/usr/bin/env bash
# Debian's machine-readable copyright file: copyright.sh LICENSE DEPENDENCIES
#
#   LICENSE       the project's own
#   DEPENDENCIES  what dependencies.sh printed
#
# The texts of the licences are in licences/, named as SPDX names them; one that is not there ends this.
set -euo pipefail
license=$1
dependencies=$2
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
jq -r '.[] | "\nFiles: \(if .tarball then "usr/lib/taximeter-agent/dotnet/*" else (.files | map("usr/lib/taximeter-agent/" + .) | join("\n ")) end)\nCopyright: \(.copyright)\nLicense: \(.licence)\nComment: \(.name) \(.version)"' "$dependencies"

{ echo MIT; jq -r '.[].licence' "$dependencies"; } | LC_ALL=C sort -u | while read -r licence; do
  [ -f "$texts/$licence.txt" ] || { echo "the text of the licence $licence is not in $texts" >&2; exit 1; }
  printf '\nLicense: %s\n' "$licence"
  text "$texts/$licence.txt"
done
