#!/usr/bin/env bash
# Create a tuned model that counts on, and keep the answer in tunemodel.json. Needs: . env.sh
# Usage: create.sh [TUNED_MODEL_ID]. An id of your own makes a second try harmless: it cannot create twice.
set -euo pipefail
tuned_model_id=${1:-number-generator-$(date +%s)}

curl --fail-with-body -sS "$base_url/v1beta/tunedModels?tunedModelId=$tuned_model_id" \
  -H 'Content-Type: application/json' \
  -H @<(echo "Authorization: Bearer $access_token") \
  -H "x-goog-user-project: $project_id" \
  -d '{
    "display_name": "number generator",
    "base_model": "models/gemini-1.5-flash-001-tuning",
    "tuning_task": {
      "hyperparameters": {"batch_size": 2, "learning_rate": 0.001, "epoch_count": 5},
      "training_data": {"examples": {"examples": [
          {"text_input": "1", "output": "2"},
          {"text_input": "3", "output": "4"},
          {"text_input": "-3", "output": "-2"},
          {"text_input": "twenty two", "output": "twenty three"},
          {"text_input": "two hundred", "output": "two hundred one"},
          {"text_input": "ninety nine", "output": "one hundred"},
          {"text_input": "8", "output": "9"},
          {"text_input": "-98", "output": "-97"},
          {"text_input": "1,000", "output": "1,001"},
          {"text_input": "10,100,000", "output": "10,100,001"},
          {"text_input": "thirteen", "output": "fourteen"},
          {"text_input": "eighty", "output": "eighty one"},
          {"text_input": "one", "output": "two"},
          {"text_input": "three", "output": "four"},
          {"text_input": "seven", "output": "eight"}
      ]}}
    }
  }' | tee tunemodel.json

echo "modelname=$(jq -r .metadata.tunedModel tunemodel.json)" >&2
