"""The command line: a file per command, wired in `app`.

Exit codes: 0 done; 1 something of the program or the machine failed; 2 the input or a setting is wrong; 3 no answer.
"""
