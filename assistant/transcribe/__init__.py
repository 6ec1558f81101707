"""Speech to text: the recognisers in a child process, and the models that they work with.

`transcriber.ScribeTranscriber` is the port `Transcriber` and its thread. `recognition` gives recordings to the scribe in
use (`current_scribe`, `attempts`: which comes after it), and `listening_again` second looks to it or to a larger model.
`scribe` is the process behind them, which finds the speech in a recording (`voice_activity`), understands it (`whisper`,
or `basic` while there is no model), and lets through what was said (`gate`). `installed.Models`, `offers`, `catalogue` and `download.Download` are for choosing and getting models,
`formats` writes transcripts as files.

Nothing is exported here: the scribe is started within this package, and should not wait for what only others need.
"""
