#!/bin/bash
# The agent with a setup that does nothing and says that all is well. The tests use it to see that the simulator notices.
#   idle-setup.sh HOST ASSEMBLY COMMAND…
set -u
[ "$3" != setup ] || exit 0
exec "$@"
