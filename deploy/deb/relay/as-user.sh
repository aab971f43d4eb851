
# Called by root, as for `webhooks register`, it becomes the service's user, so that what it writes is the service's, and it takes the service's secrets along as variables,
# which nobody else can read. What is set already stays. The service manager does all this itself.
if [ "$(id -u)" -eq 0 ] && [ -z "${CREDENTIALS_DIRECTORY:-}" ] && id taximeter-relay >/dev/null 2>&1; then
  secrets=/etc/taximeter-relay/credentials
  if [ -z "${RELAY_Broker__Password:-}" ] && [ -s $secrets/Broker__Password ]; then
    RELAY_Broker__Password=$(cat $secrets/Broker__Password)
    export RELAY_Broker__Password
  fi
  if [ -z "${RELAY_Database__ConnectionString:-}" ] && [ -s $secrets/Database__ConnectionString ]; then
    RELAY_Database__ConnectionString=$(cat $secrets/Database__ConnectionString)
    export RELAY_Database__ConnectionString
  fi
  exec setpriv --reuid=taximeter-relay --regid=taximeter-relay --init-groups -- "$0" "$@"
fi
