"""The messages of google.ai.generativelanguage.v1beta that requests and answers carry.

Names, fields and the numbers of enum values are those of Google's published protobuf package.
Fields are in the order in which Google prints them, where that has been seen.
"""

from __future__ import annotations

from gemtune.emulator.wire.kinds import (
    ANYTHING,
    BOOL,
    FLOAT,
    INT32,
    INT64,
    STRING,
    TIMESTAMP,
    Enum,
    Kind,
    Message,
    Repeated,
)

V1BETA = "google.ai.generativelanguage.v1beta."


def _message(type_name: str, /, **kinds: Kind) -> Message:
    return Message(V1BETA + type_name, kinds)


def _enum(type_name: str, *names: str) -> Enum:
    return Enum(V1BETA + type_name, names)


def _ignored(*names: str) -> dict[str, Kind]:
    return dict.fromkeys(names, ANYTHING)


def _page(name: str, items: str, item: Message) -> Message:
    return Message(V1BETA + name, {items: Repeated(item), "nextPageToken": STRING})


MODEL = _message(
    "Model",
    name=STRING,
    baseModelId=STRING,
    version=STRING,
    displayName=STRING,
    description=STRING,
    inputTokenLimit=INT32,
    outputTokenLimit=INT32,
    supportedGenerationMethods=Repeated(STRING),
    temperature=FLOAT,
    maxTemperature=FLOAT,
    topP=FLOAT,
    topK=INT32,
    thinking=BOOL,
)
LIST_MODELS = _page("ListModelsResponse", "models", MODEL)

TUNING_EXAMPLE = _message("TuningExample", textInput=STRING, output=STRING)
TUNING_EXAMPLES = _message("TuningExamples", examples=Repeated(TUNING_EXAMPLE))
DATASET = _message("Dataset", examples=TUNING_EXAMPLES)
HYPERPARAMETERS = Message(
    V1BETA + "Hyperparameters",
    {
        "epochCount": INT32,
        "batchSize": INT32,
        "learningRate": FLOAT,
        "learningRateMultiplier": FLOAT,
    },
    oneofs={"learning_rate_option": ("learningRate", "learningRateMultiplier")},
)
SNAPSHOT = _message(
    "TuningSnapshot", step=INT32, epoch=INT32, meanLoss=FLOAT, computeTime=TIMESTAMP
)
TUNING_TASK = _message(
    "TuningTask",
    startTime=TIMESTAMP,
    completeTime=TIMESTAMP,
    snapshots=Repeated(SNAPSHOT),
    trainingData=DATASET,
    hyperparameters=HYPERPARAMETERS,
)
TUNED_MODEL = Message(
    V1BETA + "TunedModel",
    {
        "name": STRING,
        "tunedModelSource": _message("TunedModelSource", tunedModel=STRING, baseModel=STRING),
        "baseModel": STRING,
        "displayName": STRING,
        "description": STRING,
        "state": _enum("TunedModel.State", "STATE_UNSPECIFIED", "CREATING", "ACTIVE", "FAILED"),
        "createTime": TIMESTAMP,
        "updateTime": TIMESTAMP,
        "tuningTask": TUNING_TASK,
        "temperature": FLOAT,
        "topP": FLOAT,
        "topK": INT32,
        "readerProjectNumbers": Repeated(INT64),
    },
    oneofs={"source_model": ("tunedModelSource", "baseModel")},
)
LIST_TUNED_MODELS = _page("ListTunedModelsResponse", "tunedModels", TUNED_MODEL)

STATUS = Message(
    "google.rpc.Status", {"code": INT32, "message": STRING, "details": Repeated(ANYTHING)}
)
METADATA = _message(
    "CreateTunedModelMetadata",
    totalSteps=INT32,
    completedSteps=INT32,
    completedPercent=FLOAT,
    snapshots=Repeated(SNAPSHOT),
    tunedModel=STRING,
)
OPERATION = Message(
    "google.longrunning.Operation",
    {"name": STRING, "metadata": METADATA, "done": BOOL, "error": STATUS, "response": TUNED_MODEL},
)
LIST_OPERATIONS = Message(
    "google.longrunning.ListOperationsResponse",
    {"operations": Repeated(OPERATION), "nextPageToken": STRING},
)
CANCEL_OPERATION = Message("google.longrunning.CancelOperationRequest", {})
EMPTY = Message("google.protobuf.Empty", {})

PERMISSION = _message(
    "Permission",
    name=STRING,
    granteeType=_enum(
        "Permission.GranteeType", "GRANTEE_TYPE_UNSPECIFIED", "USER", "GROUP", "EVERYONE"
    ),
    emailAddress=STRING,
    role=_enum("Permission.Role", "ROLE_UNSPECIFIED", "OWNER", "WRITER", "READER"),
)
LIST_PERMISSIONS = _page("ListPermissionsResponse", "permissions", PERMISSION)
TRANSFER_OWNERSHIP = _message("TransferOwnershipRequest", emailAddress=STRING)

PART = _message(
    "Part",
    text=STRING,
    thought=BOOL,
    **_ignored("inlineData", "fileData", "videoMetadata", "partMetadata", "thoughtSignature"),
    **_ignored("functionCall", "functionResponse", "executableCode", "codeExecutionResult"),
)
CONTENT = _message("Content", parts=Repeated(PART), role=STRING)
_HARMS = (
    *("UNSPECIFIED", "DEROGATORY", "TOXICITY", "VIOLENCE", "SEXUAL", "MEDICAL", "DANGEROUS"),
    *("HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"),
)
_PROBABILITIES = ("HARM_PROBABILITY_UNSPECIFIED", "NEGLIGIBLE", "LOW", "MEDIUM", "HIGH")
SAFETY_RATING = _message(
    "SafetyRating",
    category=_enum("HarmCategory", *(f"HARM_CATEGORY_{harm}" for harm in _HARMS)),
    probability=_enum("SafetyRating.HarmProbability", *_PROBABILITIES),
)
GENERATE_CONTENT = _message(
    "GenerateContentRequest",
    model=STRING,
    contents=Repeated(CONTENT),
    systemInstruction=CONTENT,
    generationConfig=_message(
        "GenerationConfig",
        stopSequences=Repeated(STRING),
        responseMimeType=STRING,
        **dict.fromkeys(("candidateCount", "maxOutputTokens", "topK", "seed", "logprobs"), INT32),
        **dict.fromkeys(("temperature", "topP", "presencePenalty", "frequencyPenalty"), FLOAT),
        **dict.fromkeys(("responseLogprobs", "enableEnhancedCivicAnswers"), BOOL),
        **_ignored(
            "responseSchema", "responseJsonSchema", "responseJsonSchemaOrdered", "imageConfig"
        ),
        **_ignored("responseModalities", "speechConfig", "thinkingConfig", "mediaResolution"),
    ),
    **_ignored("tools", "toolConfig", "safetySettings", "cachedContent"),
)
COUNT_TOKENS = _message(
    "CountTokensRequest",
    model=STRING,
    contents=Repeated(CONTENT),
    generateContentRequest=GENERATE_CONTENT,
)
COUNT_TOKENS_RESPONSE = _message("CountTokensResponse", totalTokens=INT32)
CANDIDATE = _message(
    "Candidate",
    content=CONTENT,
    finishReason=_enum("Candidate.FinishReason", "FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS"),
    index=INT32,
    safetyRatings=Repeated(SAFETY_RATING),
)
GENERATE_CONTENT_RESPONSE = _message(
    "GenerateContentResponse",
    candidates=Repeated(CANDIDATE),
    promptFeedback=_message("PromptFeedback", safetyRatings=Repeated(SAFETY_RATING)),
    usageMetadata=_message(
        "UsageMetadata", promptTokenCount=INT32, candidatesTokenCount=INT32, totalTokenCount=INT32
    ),
)
