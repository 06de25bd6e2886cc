# Usage: gemtune emulator start [--host-port=HOST:PORT] [--data-dir=DIR] [--auto-consent]
#            [--pace=real-time|at-once|per-look] [--step-seconds=SECONDS] [--withdrawn]
#            [--token-lifetime=N] [--rotate-refresh-tokens] [--testing-client] [--auth=any|oauth|api-key]
#            [--allow-remote]
# Summary: Run the emulator of Google's OAuth and tuning services on this machine
#
# It is not Gemini: a small learner trains on the posted examples with the posted settings, and what
# it measures is what you see. It answers the examples it was taught and little else. No account, no
# network, no cost. The first line on stdout is its URL, once it listens.
#
#   --host-port=HOST:PORT    where it listens; port 0 takes a free one (default: 127.0.0.1:8900)
#   --allow-remote           let HOST be an address that other machines reach, such as 0.0.0.0: whoever
#                            reaches the port can log in as anyone, without TLS, read and delete every
#                            model and its training data, and stop the emulator
#   --data-dir=DIR           where its client_secret.json and your credentials for it go, and its state,
#                            which then outlives it, even when it is killed (default: state in memory,
#                            the rest in ~/.local/state/gemtune/emulator)
#   --auto-consent           answer the consent page with yes
#   --pace=real-time|at-once|per-look   how a tuning gets on: by the clock, all at once, or a little with
#                            each look at it (default: real-time)
#   --step-seconds=SECONDS   how long one step of tuning takes in real time (default: 0.1)
#   --withdrawn              no model can be tuned and no tuned model answers, as at Google since May 2025
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
[[ -n $flag_data_dir ]] || { default_data_dir && flag_data_dir=$REPLY durable=''; }

find_python
exec "$python" -c "$python_main" emulator start \
  --host-port "${flag_host_port:-127.0.0.1:8900}" --data-dir "$flag_data_dir" \
  ${durable:+--durable} ${flag_auto_consent:+--auto-consent} ${flag_step_seconds:+--step-seconds "$flag_step_seconds"} \
  ${flag_pace:+--pace "$flag_pace"} ${flag_withdrawn:+--withdrawn} \
  ${flag_token_lifetime:+--token-lifetime "$flag_token_lifetime"} \
  ${flag_rotate_refresh_tokens:+--rotate-refresh-tokens} \
  ${flag_testing_client:+--testing-client} ${flag_auth:+--auth "$flag_auth"} ${flag_allow_remote:+--allow-remote}
