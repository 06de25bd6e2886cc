"""A loopback emulator of Google's OAuth endpoints and of the Gemini API's tuning service.

It is NOT Gemini. It speaks Google's wire, so that a login, a tuning and an inference can be
rehearsed end to end without an account, and it answers from a small learner of its own (see
`learner`): a tuned model here knows the examples it was taught and little else.

What it does not imitate: Gemini's language, its safety ratings (always NEGLIGIBLE) and its token
counts; protobuf's binary form; projects (any name in `x-goog-user-project` is accepted) and groups;
quotas and rate limits, unless planned under `/_emulator/faults`. Without a data
directory of its own it forgets everything but its OAuth client when it stops.

Where nobody outside Google knows the real behaviour, it chooses, and the docstring that says so
says "own choice".
"""
