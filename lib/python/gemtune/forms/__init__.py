"""What services take: the rows of each, their limits, and the whole requests.

A module for each service, made of what `form` and `limits` define; `turns` reads the rows that are
a chat. Nothing here opens a dataset: `gemtune.dataset` does, and holds its rows to these forms.
"""
