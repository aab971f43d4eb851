#!/bin/bash
# The relay behind a wrapper that makes it wrong. The tests use it to see that the simulator finds that out.
#   wrong-relay.sh gullible|forgetful PROGRAM… COMMAND … --config FILE
# gullible: takes deliveries that were signed with 'not the secret' as well. forgetful: bookings that it has taken and not sent are gone at its next start.
set -u
fault=$1
shift
for config; do :; done
case "$fault $*" in
    "gullible "*" run "*)
        secrets=$(dirname "$config")/gullible-secrets
        mkdir -p "$secrets"
        cp "$(jq -r .Webhooks.SecretsDirectory "$config")"/*.secret "$secrets"
        printf 'not the secret' >"$secrets/00000000-0000-4000-8000-000000000000.secret"
        export RELAY_Webhooks__SecretsDirectory=$secrets ;;
    "forgetful "*" run "*)
        database=$(jq -r .Database.ConnectionString "$config" | tr ';' ' ' | tr '[:upper:]' '[:lower:]' | sed 's/username=/user=/; s/database=/dbname=/')
        psql -q "$database" -c 'DELETE FROM bookings WHERE NOT book_confirmed' >/dev/null 2>&1 ;;
esac
exec "$@"
