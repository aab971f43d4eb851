# Completion of taximeter-agent for fish. Written by `taximeter-agent completion fish`; edit the commands instead.
# All words stand here but the trips, which the running agent is asked for.

# True if these are the command's words so far, options and arguments passed over.
function __taximeter_agent_at
    set -l command
    set -l value 0
    for word in (commandline -opc)[2..-1]
        if test $value = 1
            set value 0
        else if contains -- $word --amount --baud --chip --config --limit --parity --port --seconds --since --socket
            set value 1
        else if contains -- (string join ' ' -- $command $word) 'run' 'config' 'config check' 'status' 'trips' 'trip' 'refund' 'outbox' 'outbox list' 'gpio' 'gpio watch' 'keypad' 'keypad test' 'display' 'display test' 'meter' 'meter watch' 'meter test' 'completion'
            set -a command $word
        end
    end
    test (string join ' ' -- $command) = "$argv"
end

# The trips of the agent that the command line means.
function __taximeter_agent_trips
    set -l asked
    set -l option
    for word in (commandline -opc)
        if test -n "$option"
            set -a asked $option $word
            set option
        else if contains -- $word --config --socket
            set option $word
        end
    end
    taximeter-agent complete trips $asked 2>/dev/null
end

complete -c taximeter-agent -f
complete -c taximeter-agent -n '__taximeter_agent_at' -a run -d 'Runs the agent until SIGTERM or Ctrl+C'
complete -c taximeter-agent -n '__taximeter_agent_at' -a config -d 'Looks at the configuration'
complete -c taximeter-agent -n '__taximeter_agent_at' -a status -d 'Says how the running agent is'
complete -c taximeter-agent -n '__taximeter_agent_at' -a trips -d 'Lists trips, newest first'
complete -c taximeter-agent -n '__taximeter_agent_at' -a trip -d 'Shows a trip, its payments and its history'
complete -c taximeter-agent -n '__taximeter_agent_at' -a refund -d 'Refunds a trip, in full or in part'
complete -c taximeter-agent -n '__taximeter_agent_at' -a outbox -d 'Shows and steers what is still to be sent'
complete -c taximeter-agent -n '__taximeter_agent_at' -a gpio -d 'Looks at GPIO lines'
complete -c taximeter-agent -n '__taximeter_agent_at' -a keypad -d 'Looks at the driver\'s keypad'
complete -c taximeter-agent -n '__taximeter_agent_at' -a display -d 'Looks at the driver\'s display'
complete -c taximeter-agent -n '__taximeter_agent_at' -a meter -d 'Looks at the meter\'s line'
complete -c taximeter-agent -n '__taximeter_agent_at' -a completion -d 'Prints the script with which a shell completes the commands at TAB'
complete -c taximeter-agent -n '__taximeter_agent_at' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at' -l version -d 'Show version information'
complete -c taximeter-agent -n '__taximeter_agent_at' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at run' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at run' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at config' -a check -d 'Checks the configuration'
complete -c taximeter-agent -n '__taximeter_agent_at config' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at config' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at config check' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at config check' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at status' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at status' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at status' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at status' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l open -d 'Only trips that are not finished'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l failed -d 'Only trips that a person has to look at'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l since -x -d 'Only trips learnt since then'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l limit -x -d 'At most so many, 1 to 1000'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at trips' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at trip' -k -a '(__taximeter_agent_trips)'
complete -c taximeter-agent -n '__taximeter_agent_at trip' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at trip' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at trip' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at trip' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -k -a '(__taximeter_agent_trips)'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -l amount -x -d 'Minor units that shall have been refunded in all when this is done, earlier refunds included'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -l yes -d 'Does not ask'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at refund' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at outbox' -a list -d 'Lists the calls that are still to be made, the next first'
complete -c taximeter-agent -n '__taximeter_agent_at outbox' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at outbox' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at outbox list' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at outbox list' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at outbox list' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at outbox list' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at gpio' -a watch -d 'Lists chips and lines, then prints the edges of lines until Ctrl+C'
complete -c taximeter-agent -n '__taximeter_agent_at gpio' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at gpio' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l chip -x -d 'Their chip'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l active-low -d 'A line is on when it is low'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l pull-up -d 'The chip\'s own resistors pull the lines up'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l list -d 'Lists chips and lines, and watches none'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at gpio watch' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at keypad' -a test -d 'Says every key that is pressed'
complete -c taximeter-agent -n '__taximeter_agent_at keypad' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at keypad' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at keypad test' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at keypad test' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at keypad test' -l seconds -x -d 'How long keys are listened for'
complete -c taximeter-agent -n '__taximeter_agent_at keypad test' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at keypad test' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at display' -a test -d 'Shows pictures to look at'
complete -c taximeter-agent -n '__taximeter_agent_at display' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at display' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at display test' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at display test' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at display test' -l seconds -x -d 'How long each picture is shown on the display itself'
complete -c taximeter-agent -n '__taximeter_agent_at display test' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at display test' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at meter' -a watch -d 'Shows every frame of both sides, until Ctrl+C'
complete -c taximeter-agent -n '__taximeter_agent_at meter' -a test -d 'Waits for the meter to be heard and to hear, or says what is wrong with the line'
complete -c taximeter-agent -n '__taximeter_agent_at meter' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at meter' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l port -r -F -d 'The device itself, though an agent may run'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l baud -x -d 'Bits a second, with --port'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l parity -x -a 'even none odd' -d 'none, even or odd, with --port'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at meter watch' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l socket -r -F -d 'The agent\'s control socket'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l json -d 'The agent\'s answer as JSON'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l seconds -x -d 'How long the meter may take'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l port -r -F -d 'The device itself, though an agent may run'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l baud -x -d 'Bits a second, with --port'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l parity -x -a 'even none odd' -d 'none, even or odd, with --port'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at meter test' -l config -r -F -d 'The configuration file'
complete -c taximeter-agent -n '__taximeter_agent_at completion' -a 'bash fish zsh'
complete -c taximeter-agent -n '__taximeter_agent_at completion' -l help -d 'Show help and usage information'
complete -c taximeter-agent -n '__taximeter_agent_at completion' -l config -r -F -d 'The configuration file'
