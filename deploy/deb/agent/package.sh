#!/usr/bin/env bash
# What is the agent's own in its package; read by build-deb.sh, which has put, squeezed and fail.
# shellcheck disable=SC2034,SC2154 # given to it, and by it
package=taximeter-agent
project=TaximeterAgent
who=agent
place=board
units='taximeter-agent.service taximeter-agent-upgrade.service'
depends='libsqlite3-0, systemd (>= 247)'
recommends=''
summary='settles taxi fares with Vipps MobilePay'
description=" An agent for the small board in a taxi: it hears from the taximeter what is due,
 asks the customer's phone for it, captures once it is approved, and tells driver
 and meter. A fare that the meter has finished is not lost, not charged twice, and
 leaves nothing reserved, through tunnels, power cuts and restarts."

# The newest form of the outbox that this version reads: what its package refuses to be installed beside.
before_building() {
  local migrations newest
  migrations=("$source"/src/TaximeterAgent/Outbox/Migrations/Migration[0-9]*.cs)
  newest=$(basename "${migrations[-1]}" .cs)
  schema=$((10#${newest#Migration}))
  grep -q -E "\bStep \{ get; \} = new\($schema," "${migrations[-1]}" || fail 65 "${migrations[-1]} is not the step to version $schema, as its name has it"
}

contents() {
  put systemd/taximeter-agent-upgrade.service usr/lib/systemd/system/taximeter-agent-upgrade.service
  put systemd/modules-load.d/taximeter-agent.conf usr/lib/modules-load.d/taximeter-agent.conf
  put systemd/journald.conf.d/taximeter-agent.conf usr/lib/systemd/journald.conf.d/taximeter-agent.conf
  put systemd/udev/rules.d/71-taximeter-agent.rules usr/lib/udev/rules.d/71-taximeter-agent.rules
  # The one file that is the car's own, and so a conffile: which adapter is the meter.
  put systemd/udev/70-taximeter.rules etc/udev/rules.d/70-taximeter.rules
  put_program deploy/rollback.sh "usr/lib/$package/rollback.sh"
  mkdir -p "$root/var/cache/taximeter-agent"

  # Each whole or not at all: a page without its completion is a mistake.
  if [ -d "$here/man" ] || [ -d "$here/completion" ]; then
    squeezed deploy/man/taximeter-agent.1 usr/share/man/man1/taximeter-agent.1.gz
    put deploy/completion/taximeter-agent.bash usr/share/bash-completion/completions/taximeter-agent
    put deploy/completion/taximeter-agent.zsh usr/share/zsh/vendor-completions/_taximeter-agent
    put deploy/completion/taximeter-agent.fish usr/share/fish/vendor_completions.d/taximeter-agent.fish
  fi

  put README.md usr/share/doc/taximeter-agent/README.md
  (cd "$source/docs" && find . -type f | LC_ALL=C sort) | while read -r page; do
    put "docs/$page" "usr/share/doc/taximeter-agent/${page#./}"
  done
  # Templates and sample prints to begin one's own with; the agent has the templates in itself.
  (cd "$source/deploy/receipts" && find . -type f | LC_ALL=C sort) | while read -r file; do
    put "deploy/receipts/${file#./}" "usr/share/doc/taximeter-agent/examples/receipts/${file#./}"
  done
  put deploy/grafana/taximeter-agent.json usr/share/doc/taximeter-agent/examples/grafana/taximeter-agent.json
  # The reference's smallest file that starts: what a hand-written configuration begins with.
  awk '/^```json$/ { on = 1; next } /^```$/ { if (on) exit } on' "$source/docs/configuration.md" >"$doc/examples/config.json"
  jq -e .EPayment "$doc/examples/config.json" >/dev/null || fail 65 'docs/configuration.md has no smallest configuration any more'
}
