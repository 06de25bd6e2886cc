"""Google's tuning API: which methods there are, what they do, and what they refuse."""
