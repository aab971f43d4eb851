#!/usr/bin/env bash
# What of others is in a published program: dependencies.sh PUBLISHED ASSETS
#
#   PUBLISHED  the folder that `dotnet publish` wrote
#   ASSETS     the restore's project.assets.json, which says where the packages lie
#
# Prints a JSON array, sorted by name: name, version, licence (SPDX), copyright, sha512 (of the package's file), files (as they lie in PUBLISHED). Everything is what the
# packages say of themselves; a package that does not say its licence ends this.
set -euo pipefail
shopt -s nullglob
published=$1
assets=$2

manifests=("$published"/*.deps.json)
[ ${#manifests[@]} -eq 1 ] || { echo "$published: expected one *.deps.json, found ${#manifests[@]}" >&2; exit 1; }
mapfile -t folders < <(jq -r '.packageFolders | keys[]' "$assets")

# One element of a nuspec. They are written on one line each.
element() { sed -nE "s|.*<$1( [^>]*)?>([^<]*)</$1>.*|\2|p" "$2" | head -n 1; }

jq -r '
  . as $all
  | .targets[.runtimeTarget.name]
  | to_entries[]
  | select($all.libraries[.key].type | IN("package", "runtimepack"))
  | [.key, ((.value | [.runtime, .native, .resources, .runtimeTargets] | map(select(. != null) | keys[] | split("/") | last) | unique) | join("\t"))]
  | join("\t")' "${manifests[0]}" |
while IFS=$'\t' read -r library rest; do
  name=${library%/*}
  version=${library##*/}
  name=${name#runtimepack.}
  package=''
  for folder in "${folders[@]}"; do
    [ -d "$folder/${name,,}/${version,,}" ] && package=$folder/${name,,}/${version,,}
  done
  [ -n "$package" ] || { echo "$name $version is in none of: ${folders[*]}" >&2; exit 1; }
  nuspecs=("$package"/*.nuspec)
  hashes=("$package"/*.nupkg.sha512)
  licence=''
  if grep -q '<license type="expression">' "${nuspecs[0]}"; then licence=$(element license "${nuspecs[0]}"); fi
  [ -n "$licence" ] || { echo "$name $version does not say its licence as an SPDX expression; look at it, and teach deploy/deb/dependencies.sh" >&2; exit 1; }
  copyright=$(element copyright "${nuspecs[0]}")
  [ -n "$copyright" ] || copyright=$(element authors "${nuspecs[0]}")
  hash=$(base64 -d <"${hashes[0]}" | od -An -v -tx1 | tr -d ' \n')
  jq -n --arg name "$name" --arg version "$version" --arg licence "$licence" --arg copyright "$copyright" --arg sha512 "$hash" --arg files "$rest" \
    '{name: $name, version: $version, licence: $licence, copyright: $copyright, sha512: $sha512, files: ($files | split("\t") | map(select(. != "")))}'
done | jq -s 'sort_by(.name)'
