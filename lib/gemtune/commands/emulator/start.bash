# Usage: gemtune emulator start [--host-port=HOST:PORT] [--data-dir=DIR] [--auto-consent] [--step-seconds=SECONDS]
#            [--token-lifetime=SECONDS] [--rotate-refresh-tokens] [--testing-client] [--auth=KIND]
# Summary: Run the emulator of Google's OAuth and tuning services on this machine
#
# It is not Gemini: a small learner trains on the posted examples with the posted settings, and what
# it measures is what you see. It answers the examples it was taught and little else. No account, no
# network, no cost. The first line on stdout is its URL, once it listens.
#
#   --host-port=HOST:PORT    where it listens, on loopback only; port 0 takes a free one
#                            (default: 127.0.0.1:8900)
#   --data-dir=DIR           where its client_secret.json and your credentials for it go, and its state,
#                            which then outlives it, even when it is killed (default: state in memory,
#                            the rest in ~/.local/state/gemtune/emulator)
#   --auto-consent           answer the consent page with yes
#   --step-seconds=SECONDS   how long one step of tuning takes (default: 0.1)
#   --token-lifetime=SECONDS   how long an access token lives (default: 3599)
#   --rotate-refresh-tokens  give a new refresh token at each refresh; the old one is then dead
#   --testing-client         end each login after seven days, as Google does for an app in Testing
#   --auth=KIND              what callers may show: oauth (a token), api-key (the key in DIR/api_key),
#                            or any of them (default: any)
#
# Example:
#   gemtune emulator start &
#   eval "$(gemtune emulator env-init)"

host_port=127.0.0.1:8900 data_dir='' auto_consent='' step_seconds=0.1 token_lifetime=3599 rotate='' testing='' auth=any durable=--durable
flag() {
  case $1 in
    --host-port) value host_port "$@" ;;
    --data-dir) value data_dir "$@" ;;
    --auto-consent) auto_consent=--auto-consent ;;
    --step-seconds) value step_seconds "$@" ;;
    --token-lifetime) value token_lifetime "$@" ;;
    --rotate-refresh-tokens) rotate=--rotate-refresh-tokens ;;
    --testing-client) testing=--testing-client ;;
    --auth) value auth "$@" ;;
    *) return 1 ;;
  esac
}
parse_arguments '' "$@"
[[ $step_seconds == 0 ]] || check_number --step-seconds "$step_seconds" number
check_number --token-lifetime "$token_lifetime" integer
[[ -n $data_dir ]] || { default_data_dir && data_dir=$REPLY durable=''; }

find_python
exec "$python" -m gemtune emulator start --host-port "$host_port" --data-dir "$data_dir" \
  --auth "$auth" --step-seconds "$step_seconds" --token-lifetime "$token_lifetime" ${auto_consent:+"$auto_consent"} \
  ${rotate:+"$rotate"} ${testing:+"$testing"} ${durable:+"$durable"}
