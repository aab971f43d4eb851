#!/bin/bash
# The agent behind a wrapper whose doctor is no good. The tests use it to see that the simulator finds that out.
#   blind-doctor.sh blind|nervous|wrong-cause|no-code PROGRAM… COMMAND … --config FILE
# blind: it finds nothing. nervous: it always finds something. wrong-cause: it names the fault, and another cause. no-code: it ends with 0 whatever it finds.
set -u
fault=$1
shift
case "$*" in *" doctor "*) ;; *) exec "$@" ;; esac
case "$fault" in
    blind) echo '{"healthy":true,"worst":"green","findings":[],"unseen":[]}' ;;
    nervous) "$@" | sed 's/"findings":\[/&{"number":1,"kind":"relay-away","part":"relay","level":"yellow","seen":"x","cause":"x","cure":"x"},/; s/},\]/}]/' ;;
    wrong-cause) "$@" | sed 's/"cause":"[^"]*"/"cause":"the moon"/g'; exit "${PIPESTATUS[0]}" ;;
    no-code) "$@"; exit 0 ;;
esac
