"""Datasets: files of examples, read row by row and checked before anything is sent.

An example is a text and the output that the tuned model should give for it. Whatever stands in a
file goes one way: `source` opens it, `text` makes lines of its bytes, `lines`, `table` or
`document` make rows of those, `shape` finds the two texts in a row, and `examples` holds them to
the limits of a service (`gemtune.forms`). What comes out is batches of good examples; what is wrong
goes to a `Report`.
"""
