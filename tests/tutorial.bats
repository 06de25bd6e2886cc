# Google's tutorials from top to bottom, with gemtune in place of the notebook, the SDK and gcloud.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "the guide of the Python SDK" {
  # log in with client_secret.json
  cp "$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" .
  BROWSER="$root/tests/fake/browser %s" exits 0 gemtune auth application-default login --client-id-file=client_secret.json \
    --scopes='https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/generative-language.tuning'
  says 'Credentials saved to file: ['

  # list the models that can be tuned
  exits 0 gemtune models list --tunable --format='value(name,displayName)'
  prints models/gemini-1.0-pro-001

  # create one, and wait for it
  numbers
  exits 0 gemtune create --base-model=models/gemini-1.0-pro-001 --training-data=numbers.csv --id=generate-num-5083 \
    --epoch-count=10 --batch-size=2 --learning-rate=0.001 --display-name=我的調整模型 --wait --interval=60
  equals $'tunedModels/generate-num-5083\tACTIVE' "$output"

  # its state, and the list
  exits 0 gemtune describe tunedModels/generate-num-5083 --format='value(state)'
  equals ACTIVE "$output"
  exits 0 gemtune list --limit=5 --format='value(name,displayName)'
  equals $'tunedModels/generate-num-5083\t我的調整模型' "$output"

  # evaluate it with the guide's six cases
  printf '%s\n' text_input,output 55,56 123455,123456 four,five quatre,cinq III,IV 七,八 >test.csv
  exits 0 gemtune evaluate generate-num-5083 --test-data=test.csv
  for input in 55 123455 four quatre III 七; do prints "$input"; done

  # the loss curve, in Chinese too
  exits 0 gemtune plot 我的調整模型 --by=epoch
  prints 'mean loss by epoch'
  exits 0 gemtune plot generate-num-5083 --by=epoch --output=loss.svg
  grep -q 我的調整模型 loss.svg

  # change its description
  exits 0 gemtune update generate-num-5083 --description='This is my model.'
  exits 0 gemtune describe generate-num-5083 --format='value(description)'
  equals 'This is my model.' "$output"

  # delete it; then it does not exist
  exits 0 gemtune delete generate-num-5083 --quiet
  exits 6 gemtune describe generate-num-5083
  says 'Tuned model tunedModels/generate-num-5083 does not exist.'

  # list and delete all there are
  for id in one two three; do create_numbers "$id" >/dev/null 2>&1; done
  exits 0 gemtune list --format='value(name)'
  equals 3 "$(grep -c . <<<"$output")"
  exits 0 gemtune delete --all --quiet
  exits 0 gemtune list --format=json
  equals '[]' "$output"
}

body() { # what the notebook posts, its commas behind the last members included
  "$GEMTUNE_PYTHON" - numbers.csv <<'PYTHON'
import csv, sys
rows = [f'{{"text_input": "{a}",\n"output": "{b}",\n}}' for a, b in list(csv.reader(open(sys.argv[1])))[1:]]
print(f"""{{
  "display_name": "number generator model",
  "base_model": "models/gemini-1.0-pro-001",
  "tuning_task": {{
    "hyperparameters": {{"batch_size": 2, "learning_rate": 0.001, "epoch_count":5,}},
    "training_data": {{"examples": {{"examples": [{",".join(rows)}]}}}}
  }}
}}""")
PYTHON
}

@test "the notebook of the REST API" {
  # set the variables, list the tuned models
  exits 0 gemtune env
  prints 'export access_token='
  prints 'export project_id='
  prints 'export base_url='
  exits 0 gemtune list --format=json
  equals '[]' "$output"

  # post the request as it stands there, and keep the operation in tunemodel.json
  numbers
  body >request.json
  fails jq . request.json
  exits 0 gemtune create --body=request.json --output-file=tunemodel.json
  equals "$output" "$(cat tunemodel.json)"
  says 'trailing commas'
  [[ $(jq -r .metadata.tunedModel tunemodel.json) =~ ^tunedModels/number-generator-model-[a-z0-9]{12}$ ]]
  equals 38 "$(jq .metadata.totalSteps tunemodel.json)"
  modelname=$(jq -r .metadata.tunedModel tunemodel.json)

  # look at the state, then until it is no longer CREATING
  exits 0 gemtune describe "$modelname" --format='value(state)'
  equals CREATING "$output"
  exits 0 gemtune poll --interval=60
  equals "$modelname"$'\tACTIVE' "$output"
  says '100.00%  step 38/38  epoch 5  mean loss'

  # ask it
  exits 0 gemtune infer "$modelname" LXIII
  [[ -n $output ]]
  exits 0 gemtune infer "$modelname" 六 --format=json
  equals STOP "$(jq -r '.candidates[0].finishReason' <<<"$output")"
}
