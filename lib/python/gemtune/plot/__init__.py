"""Loss curves of tuned models: read from rows of points, put into words, and drawn.

`curve` reads them, `verdict` says what they show, `terminal` and `picture` draw them with plotille
and matplotlib, which are imported only there.
"""
