#!/usr/bin/env bash
# A broker and a database for trying the relay: RabbitMQ and PostgreSQL from Debian's packages, on loopback only, each with a data folder of its own.
#   dev.sh start DIR     starts both in DIR (made if missing) and writes DIR/env, to be sourced: addresses, user and password of the relay
#                        (DEV_BROKER_MEMORY=4GB: more than 512 MB for the broker before it holds publishers back)
#   dev.sh stop DIR      stops both by their process ids
#   dev.sh kill-broker DIR, dev.sh start-broker DIR     for tests: SIGKILL, and back again with the same data
# STATISTICS_EVERY, in milliseconds, is how often the broker counts what its management tells; without it, RabbitMQ's own 5 seconds.
# Never for production: its certificate authority and its passwords are made here and thrown away with the folder.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 64; }
[ $# -eq 2 ] || usage
command=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)

need() { [ -x "$1" ] || command -v "$1" >/dev/null 2>&1 || { echo "dev.sh: $1 is missing; install Debian's $2" >&2; exit 69; }; }
postgres_bin() { find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1; }
# Debian's wrapper changes the user; what it wraps takes the folders and names from the environment.
rabbit() { find /usr/lib/rabbitmq/lib/*/sbin/"$1" 2>/dev/null | sort -V | tail -n 1; }

# All at once, each held until the last is found: so none is given twice. Perl is on every Debian.
free_ports() { # HOW-MANY
  # shellcheck disable=SC2016
  perl -MIO::Socket::INET -e 'my @held = map { IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die "no free port" } 1 .. shift; print $_->sockport, "\n" for @held' "$1"
}

# What the process was started as, so that an id that was given away again is not taken for it.
alive() { [ -f "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null && grep -qaE "$2" "/proc/$(cat "$1")/cmdline" 2>/dev/null; }

end() { # FILE PATTERN SIGNAL SECONDS
  alive "$1" "$2" || { rm -f "$1"; return 0; }
  local pid
  pid=$(cat "$1")
  kill "-$3" "$pid" 2>/dev/null || true
  for ((i = 0; i < $4 * 10; i++)); do
    kill -0 "$pid" 2>/dev/null || { rm -f "$1"; return 0; }
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$1"
}

certificates() {
  [ -f "$dir/tls/server.pem" ] && return
  mkdir -p "$dir/tls"
  (
    cd "$dir/tls"
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=taximeter dev authority' -keyout ca.key -out ca.pem \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=localhost' -keyout server.key -out server.csr 2>/dev/null
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >server.ext
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext -out server.pem 2>/dev/null
    chmod 644 ca.pem server.pem
  )
}

broker_environment() {
  # shellcheck disable=SC1091
  . "$dir/ports"
  # A cookie, a name service and a node of its own: no other RabbitMQ on this machine is touched.
  export HOME=$dir/rabbitmq ERL_EPMD_PORT=$EPMD_PORT ERL_EPMD_ADDRESS=127.0.0.1
  export RABBITMQ_NODENAME=dev@localhost RABBITMQ_BASE=$dir/rabbitmq RABBITMQ_MNESIA_BASE=$dir/rabbitmq/data RABBITMQ_LOG_BASE=$dir/rabbitmq/log
  export RABBITMQ_CONFIG_FILE=$dir/rabbitmq/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$dir/rabbitmq/plugins RABBITMQ_PID_FILE=$dir/rabbitmq/pid
  export RABBITMQ_DIST_PORT=$DIST_PORT RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CTL_DIST_PORT_MIN=1024 RABBITMQ_CTL_DIST_PORT_MAX=65535
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none${STATISTICS_EVERY:+ -rabbit quorum_tick_interval $STATISTICS_EVERY}"
  export LANG=C.UTF-8
}

start_broker() {
  broker_environment
  alive "$dir/rabbitmq/pid" beam && return
  rm -f "$dir/rabbitmq/pid"
  if ! alive "$dir/epmd.pid" epmd; then
    setsid epmd -address 127.0.0.1 -port "$EPMD_PORT" >/dev/null 2>&1 </dev/null &
    echo $! >"$dir/epmd.pid"
  fi
  setsid "$(rabbit rabbitmq-server)" >"$dir/rabbitmq/log/console" 2>&1 </dev/null &
  for ((i = 0; i < 600; i++)); do
    curl -fs -u "admin:$ADMIN_PASSWORD" "http://127.0.0.1:$HTTP_PORT/api/health/checks/port-listener/$AMQPS_PORT" >/dev/null 2>&1 && return
    sleep 0.2
  done
  echo 'dev.sh: the broker has not come up; its last words:' >&2
  tail -n 20 "$dir/rabbitmq/log/console" >&2
  exit 69
}

start_database() {
  # shellcheck disable=SC1091
  . "$dir/ports"
  alive "$dir/postgres.pid" postgres && return
  local bin run=()
  bin=$(postgres_bin)
  if [ "$(id -u)" -eq 0 ]; then
    chown -R postgres: "$dir/postgres"
    run=(runuser -u postgres --)
  fi
  if [ ! -f "$dir/postgres/data/PG_VERSION" ]; then
    "${run[@]}" "$bin/initdb" -D "$dir/postgres/data" -U relay --auth=trust --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 69; }
  fi
  setsid "${run[@]}" "$bin/postgres" -D "$dir/postgres/data" -h 127.0.0.1 -p "$PG_PORT" -k "$dir/postgres" >"$dir/postgres.log" 2>&1 </dev/null &
  for ((i = 0; i < 300; i++)); do
    if "$bin/pg_isready" -q -h 127.0.0.1 -p "$PG_PORT"; then
      head -n 1 "$dir/postgres/data/postmaster.pid" >"$dir/postgres.pid"
      "$bin/psql" -q -h 127.0.0.1 -p "$PG_PORT" -U relay -d postgres -tc "SELECT 1 FROM pg_database WHERE datname = 'relay'" | grep -q 1 \
        || "$bin/createdb" -h 127.0.0.1 -p "$PG_PORT" -U relay relay
      return
    fi
    sleep 0.2
  done
  echo 'dev.sh: the database has not come up; its last words:' >&2
  tail -n 20 "$dir/postgres.log" >&2
  exit 69
}

start() {
  need "$(rabbit rabbitmq-server)" rabbitmq-server
  need "$(postgres_bin)/postgres" postgresql
  need openssl openssl
  need curl curl
  need jq jq
  if [ ! -f "$dir/ports" ]; then
    (
      umask 077
      {
        free_ports 5 | paste -d = <(printf '%s\n' EPMD_PORT DIST_PORT AMQPS_PORT HTTP_PORT PG_PORT) -
        echo "ADMIN_PASSWORD=$(openssl rand -hex 16)"
        echo "RELAY_PASSWORD=$(openssl rand -hex 16)"
      } >"$dir/ports"
    )
  fi
  # shellcheck disable=SC1091
  . "$dir/ports"
  mkdir -p "$dir/rabbitmq/data" "$dir/rabbitmq/log" "$dir/postgres"
  # The database's own user has to reach its folder.
  chmod 755 "$dir"
  certificates
  cat >"$dir/rabbitmq/rabbitmq.conf" <<CONF
listeners.tcp = none
listeners.ssl.1 = 127.0.0.1:$AMQPS_PORT
ssl_options.cacertfile = $dir/tls/ca.pem
ssl_options.certfile = $dir/tls/server.pem
ssl_options.keyfile = $dir/tls/server.key
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
management.tcp.ip = 127.0.0.1
management.tcp.port = $HTTP_PORT
default_user = admin
default_pass = $ADMIN_PASSWORD
loopback_users.admin = true
collect_statistics_interval = ${STATISTICS_EVERY:-5000}
log.console = true
log.file = false
log.console.level = warning
vm_memory_high_watermark.absolute = ${DEV_BROKER_MEMORY:-512MB}
disk_free_limit.absolute = 50MB
CONF
  echo '[rabbitmq_management].' >"$dir/rabbitmq/plugins"
  start_broker
  start_database
  # shellcheck disable=SC2030,SC2031
  export RABBITMQ_API=http://127.0.0.1:$HTTP_PORT RABBITMQ_ADMIN=admin:$ADMIN_PASSWORD
  "$here/broker.sh" define >/dev/null
  RELAY_PASSWORD=$RELAY_PASSWORD "$here/broker.sh" add-relay >/dev/null
  (
    umask 077
    cat >"$dir/env" <<ENV
export RABBITMQ_API=$RABBITMQ_API RABBITMQ_ADMIN=$RABBITMQ_ADMIN
export RELAY_Broker__Uri=amqps://localhost:$AMQPS_PORT/taxi RELAY_Broker__User=relay RELAY_Broker__Password=$RELAY_PASSWORD RELAY_Broker__CaFile=$dir/tls/ca.pem
export RELAY_Database__ConnectionString='Host=127.0.0.1;Port=$PG_PORT;Username=relay;Database=relay'
ENV
  )
  echo "started; . $dir/env"
}

stop() {
  [ -f "$dir/ports" ] || return 0
  end "$dir/postgres.pid" postgres INT 10
  end "$dir/rabbitmq/pid" beam TERM 20
  end "$dir/epmd.pid" epmd TERM 2
}

case $command in
  start) start ;;
  stop) stop ;;
  start-broker) start_broker ;;
  kill-broker) end "$dir/rabbitmq/pid" beam KILL 5 ;;
  *) usage ;;
esac
