#!/usr/bin/env bash
# The package's bill of materials, SPDX 2.3 as JSON: sbom.sh ROOT PACKAGE DEPENDENCIES VERSION ARCHITECTURE
#
#   ROOT          the package's tree; every file below usr/ is listed
#   PACKAGE       its name
#   DEPENDENCIES  what dependencies.sh printed (and what the runtime's tarball brings, in the same form)
#
# Nothing of this machine or this moment is in it: the time is SOURCE_DATE_EPOCH, the document's name is made of its content.
set -euo pipefail
root=$1
package=$2
dependencies=$3
version=$4
architecture=$5
lib=./usr/lib/$package

created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
cd "$root"
listed=$(mktemp)
trap 'rm -f "$listed"' EXIT
# name, SHA-1 (which SPDX demands), SHA-256
paste <(find ./usr -type f | LC_ALL=C sort) <(find ./usr -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha1sum | cut -d' ' -f1) \
  <(find ./usr -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum | cut -d' ' -f1) >"$listed"
code=$(cut -f2 "$listed" | LC_ALL=C sort | tr -d '\n' | sha1sum | cut -d' ' -f1)

jq -n -S --rawfile listed "$listed" --slurpfile dependencies "$dependencies" --arg package "$package" --arg version "$version" --arg architecture "$architecture" \
  --arg created "$created" --arg code "$code" --arg lib "$lib" '
  def id: gsub("[^A-Za-z0-9.]"; "-");
  ($listed | split("\n") | map(select(. != "") | split("\t") | {name: .[0], sha1: .[1], sha256: .[2]})) as $files
  | $dependencies[0] as $packages
  | {
      spdxVersion: "SPDX-2.3",
      dataLicense: "CC0-1.0",
      SPDXID: "SPDXRef-DOCUMENT",
      name: "\($package)_\($version)_\($architecture)",
      documentNamespace: "https://spdx.org/spdxdocs/\($package)-\($version)-\($architecture)-\($code)",
      creationInfo: { created: $created, creators: ["Tool: deploy/deb/sbom.sh"] },
      packages: (
        [{
          SPDXID: "SPDXRef-Package-\($package)", name: $package, versionInfo: $version, supplier: "Organization: The TaximeterAgent authors",
          downloadLocation: "NOASSERTION", filesAnalyzed: true, packageVerificationCode: { packageVerificationCodeValue: $code },
          licenseConcluded: "MIT", licenseDeclared: "MIT", licenseInfoFromFiles: ["NOASSERTION"], copyrightText: "The TaximeterAgent authors",
          externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:deb/debian/\($package)@\($version)?arch=\($architecture)" }]
        }] + ($packages | map({
          SPDXID: "SPDXRef-Package-\(.name | id)", name: .name, versionInfo: .version, downloadLocation: "NOASSERTION", filesAnalyzed: false,
          licenseConcluded: .licence, licenseDeclared: .licence, copyrightText: .copyright,
          checksums: [{ algorithm: "SHA512", checksumValue: .sha512 }]
        } + (if .tarball then {} else
          { externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:nuget/\(.name)@\(.version)" }] } end)))),
      files: ($files | map({
        SPDXID: "SPDXRef-File-\(.sha1)-\(.name | ltrimstr("./") | id)", fileName: .name, licenseConcluded: "NOASSERTION", licenseInfoInFiles: ["NOASSERTION"],
        copyrightText: "NOASSERTION", checksums: [{ algorithm: "SHA1", checksumValue: .sha1 }, { algorithm: "SHA256", checksumValue: .sha256 }]
      })),
      relationships: (
        [{ spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-Package-\($package)" }]
        + ($packages | map({ spdxElementId: "SPDXRef-Package-\($package)", relationshipType: "CONTAINS", relatedSpdxElement: "SPDXRef-Package-\(.name | id)" }))
        + ($files | map({ spdxElementId: "SPDXRef-Package-\($package)", relationshipType: "CONTAINS",
            relatedSpdxElement: "SPDXRef-File-\(.sha1)-\(.name | ltrimstr("./") | id)" }))
        + [ $packages[] as $package | $package.files[] as $file
            | $files[] | select(.name == "\($lib)/\($file)")
            | { spdxElementId: "SPDXRef-File-\(.sha1)-\(.name | ltrimstr("./") | id)", relationshipType: "EXPANDED_FROM_ARCHIVE",
                relatedSpdxElement: "SPDXRef-Package-\($package.name | id)" } ])
    }'
