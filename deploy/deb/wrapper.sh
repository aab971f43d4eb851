#!/bin/sh
# Runs the @WHO@ with the .NET runtime of this @PLACE@. It looks at folders and starts nothing to find out, because each start of a program costs a small board a
# second; and it execs, so that the service manager's main process is the @WHO@ itself.
set -u
# Nobody attaches to the runtime's diagnostic socket, which it would open in /tmp, and no crash writes the memory, with keys in it, to a file. Also where no unit says so.
export DOTNET_EnableDiagnostics=0 DOTNET_DbgEnableMiniDump=0
lib=/usr/lib/@PACKAGE@
major=@DOTNET_MAJOR@
@include as-user?@

# Not 78: a runtime that is missing for a minute, while the system is updated, comes back, and the service has to be started again then.
no_runtime=72

holds() { # FOLDER FRAMEWORK: does it hold that framework in the right version?
  for version in "$1/shared/$2/$major".*; do
    [ -d "$version" ] && return 0
  done
  return 1
}

on_path=$(command -v dotnet || true)
[ -z "$on_path" ] || on_path=$(dirname "$(readlink -f "$on_path")")

seen=''
for root in "$lib/dotnet" "${DOTNET_ROOT:-}" "$on_path" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
  { [ -n "$root" ] && [ -x "$root/dotnet" ]; } || continue
  if holds "$root" Microsoft.NETCore.App && holds "$root" Microsoft.AspNetCore.App; then
    exec "$root/dotnet" "$lib/@PACKAGE@.dll" "$@"
  fi
  case "$seen" in *" $root "*) ;; *) seen="$seen $root " ;; esac
done

{
  echo "@PACKAGE@: there is no .NET $major runtime with ASP.NET Core on this @PLACE@, so the @WHO@ cannot run."
  for root in $seen; do
    echo "  $root holds only:"
    for version in "$root"/shared/Microsoft.NETCore.App/* "$root"/shared/Microsoft.AspNetCore.App/*; do
      [ -d "$version" ] || continue
      framework=${version%/*}
      echo "    ${framework##*/} ${version##*/}"
    done
  done
  echo "Looked in $lib/dotnet, DOTNET_ROOT, the folder of the dotnet on PATH, /usr/share/dotnet, /usr/lib/dotnet and /opt/dotnet."
  echo "Install aspnetcore-runtime-$major.0, unpack the runtime to /usr/share/dotnet, or take a package that brings it (docs: packaging.md)."
} >&2
exit $no_runtime
