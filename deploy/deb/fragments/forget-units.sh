if command -v deb-systemd-helper >/dev/null; then
  for unit in @UNITS@; do
    deb-systemd-helper purge "$unit" >/dev/null || true
    deb-systemd-helper unmask "$unit" >/dev/null || true
  done
fi
