"""Prompts that are asked in one go, and how well their answers match what was expected.

`prompts` reads them and says which are still to be asked; `answers` reads what came, `judgement`
compares it with what was expected, `chance` says how much of that may be luck, and `report` writes
the whole as HTML, JSON or CSV. The asking itself is done in bash.
"""
