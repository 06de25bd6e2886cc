"""Google's JSON, of whatever service: methods, messages, errors, what is forgiven, how it looks."""
