"""A score of one's own: sentences are read into the running program, and what was understood of them is counted.

`readings` knows which sentence is read in which turn; `panel` leads through them; `views` are what is seen: the beginning, the
sentence, the result; `marks` shows what went wrong, `table` the scores that were taken.
"""
