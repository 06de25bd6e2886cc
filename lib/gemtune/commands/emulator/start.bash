# Usage: gemtune emulator start [--host-port=HOST:PORT] [--data-dir=DIR] [--auto-consent] [--step-seconds=SECONDS]
#            [--token-lifetime=N] [--rotate-refresh-tokens] [--testing-client] [--auth=any|oauth|api-key]
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
#   --token-lifetime=N   how many seconds an access token lives (default: 3599)
#   --rotate-refresh-tokens  give a new refresh token at each refresh; the old one is then dead
#   --testing-client         end each login after seven days, as Google does for an app in Testing
#   --auth=any|oauth|api-key   what callers may show: a token, the key in DIR/api_key, or any of them
#                            (default: any)
#
# Example:
#   gemtune emulator start &
#   eval "$(gemtune emulator env-init)"

parse_arguments '' "$@"
durable=true
[[ -n $data_dir ]] || { default_data_dir && data_dir=$REPLY durable=''; }

find_python
exec "$python" -m gemtune emulator start --host-port "${host_port:-127.0.0.1:8900}" --data-dir "$data_dir" \
  ${durable:+--durable} ${auto_consent:+--auto-consent} ${step_seconds:+--step-seconds "$step_seconds"} \
  ${token_lifetime:+--token-lifetime "$token_lifetime"} ${rotate_refresh_tokens:+--rotate-refresh-tokens} \
  ${testing_client:+--testing-client} ${auth:+--auth "$auth"}
