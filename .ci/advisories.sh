#!/usr/bin/env bash
# Known holes of the packages that are restored: asked where a package source offers the data, and where none does that is said and is no pass.
#   .ci/advisories.sh [SOLUTION-OR-PROJECT]
# Ends with 0: asked, nothing known; 1: a package has a known hole, or asking failed; 77: nothing was asked, because no source offers advisories.
set -u
what=${1:-TaximeterAgent.sln}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

mapfile -t sources < <(dotnet nuget list source --format Short | sed -nE 's|^ *E +(https?://.*)$|\1|p')
[ ${#sources[@]} -gt 0 ] || { echo 'advisories: there is no package source to ask'; exit 77; }
offering=0
for source in "${sources[@]}"; do
  if ! index=$(curl -sSf --max-time 30 "$source"); then
    echo "advisories: $source does not answer"
  elif jq -e '[.resources[]["@type"]] | any(startswith("VulnerabilityInfo/"))' <<<"$index" >/dev/null 2>&1; then
    offering=$((offering + 1))
  else
    echo "advisories: $source offers no VulnerabilityInfo"
  fi
done
# Without such a source NuGet says that nothing is vulnerable, and has looked at nothing.
[ "$offering" -gt 0 ] || { echo "advisories: NOT CHECKED, ${#sources[@]} source(s) without advisory data; look at docs/dependencies.md"; exit 77; }

found=$(dotnet list "$what" package --vulnerable --include-transitive --format json) || { echo "$found"; echo 'advisories: asking failed'; exit 1; }
hits=$(jq -r '[.projects[] | .path as $project | .frameworks[]? | (.topLevelPackages[]?, .transitivePackages[]?) | . as $package | .vulnerabilities[]?
  | "\($package.id) \($package.resolvedVersion): \(.severity) \(.advisoryurl) (\($project | split("/") | last))"] | unique[]' <<<"$found") || { echo 'advisories: the answer is none'; exit 1; }
[ -z "$hits" ] || { printf '%s\n' "$hits"; echo 'advisories: FAILED, known holes'; exit 1; }
echo "advisories: asked, nothing known ($offering source(s))"
