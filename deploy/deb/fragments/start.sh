running() { [ -d /run/systemd/system ]; }

start() {
  # Honours a service that was disabled or masked, and policy-rc.d.
  deb-systemd-invoke start @PACKAGE@.service >/dev/null || echo '@PACKAGE@: it did not start: journalctl -u @PACKAGE@ says why' >&2
}
