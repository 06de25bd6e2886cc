"""An emulator of Google's OAuth endpoints and of the Gemini API's tuning service.

It listens on loopback unless told otherwise, and it is NOT Gemini. It speaks Google's wire, so that
a login, a tuning and an inference can be rehearsed end to end without an account, and it answers
from a small learner of its own (see `tuning.learner`): a tuned model here knows the examples it was
taught and little else.

What it does not imitate: Gemini's language, its safety ratings (always NEGLIGIBLE) and its tokens
(here four characters); protobuf's binary form; projects (any name in `x-goog-user-project` is
accepted) and groups; quotas, rate limits and tunings that fail, unless planned under
`/_emulator/faults` or `/_emulator/conditions`. Without a data directory of its own it forgets
everything but its OAuth client when it stops; with one it keeps all but its faults and conditions.

Where nobody outside Google knows the real behaviour, it chooses, and the docstring that says so
says "own choice".
"""
