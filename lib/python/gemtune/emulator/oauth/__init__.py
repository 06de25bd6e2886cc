"""Google's OAuth: consent, tokens and service accounts."""
