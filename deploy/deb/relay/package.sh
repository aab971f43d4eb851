#!/usr/bin/env bash
# What is the relay's own in its package; read by build-deb.sh, which has put and put_program.
# shellcheck disable=SC2034,SC2154 # given to it, and by it
package=taximeter-relay
project=TaximeterAgent.Relay
who=relay
place=machine
units='taximeter-relay.service'
# The payment service and a bought broker are known by the system's authorities.
depends='systemd (>= 247), ca-certificates'
# What broker.sh calls.
recommends='curl, jq, openssl'
summary='brings webhooks and bookings to the cars of a taxi fleet'
description=" The cloud side of taximeter-agent: it takes Vipps MobilePay's webhooks and the
 taxi app's bookings and lays them into a queue for each car, in a RabbitMQ broker.
 What must be remembered is in the broker and in one PostgreSQL database, here or
 elsewhere; any number of copies run side by side."

before_building() { :; }

contents() {
  put_program deploy/relay/broker.sh usr/share/taximeter-relay/broker.sh
  put deploy/relay/definitions.json usr/share/taximeter-relay/definitions.json
  put docs/fleet.md usr/share/doc/taximeter-relay/fleet.md
  put docs/packaging.md usr/share/doc/taximeter-relay/packaging.md
  put deploy/relay/config.json usr/share/doc/taximeter-relay/examples/config.json
}
