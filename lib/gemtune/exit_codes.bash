# shellcheck shell=bash disable=SC2034
# Exit codes: the name by which `die` takes each, and the words of the tables in README.md and help exit-codes.

exit_done=0            # done
exit_unexpected=1      # unexpected error
exit_usage=2           # usage
exit_nothing_to_do=3   # nothing to do
exit_login_needed=4    # log in
exit_permission=5      # permission or quota project
exit_not_found=6       # not found
exit_tuning_failed=7   # the tuning failed or was cancelled
exit_still_running=8   # still running when `--timeout` ended
exit_dataset_invalid=9 # the dataset is invalid
exit_gate_not_met=10   # the accuracy is below `--min-accuracy`
exit_temporary=75      # temporary: try again later
exit_hung_up=129       # hung up
exit_interrupted=130   # interrupted
exit_nobody_reads=141  # nobody reads any more
exit_terminated=143    # terminated
