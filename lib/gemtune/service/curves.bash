# shellcheck shell=bash
# Loss curves of models, as rows.

read_curves() { # FUNCTION  of curve.jq; prints the rows of the models on stdin, which may be a person's own file
  run_jq "$libraries curve" "curve | $1" -s ||
    die dataset_invalid "What stdin holds is not JSON, or no tuned model." \
      "It takes what gemtune describe MODEL --format=json prints."
}
