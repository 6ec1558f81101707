"""The microphone: a child process, the *ear*, records to a file while the user speaks.

`EarMicrophone` is the adapter of the port, in the program's own process; `FileMicrophone` hears a sound file instead.
In the ear: `ear` its messages and its one thread, `listening` a recording from its first block to its end, `last_word`
where that end is, `standby` what was heard before the beginning, `capture` PortAudio's stream, `take` the sound on its
way into the file, `devices` which microphone, `sound_server` what PulseAudio or PipeWire knows of them, `faults` what
can be wrong.
"""

from assistant.hear.from_file import FileMicrophone
from assistant.hear.microphone import EarMicrophone

__all__ = ["EarMicrophone", "FileMicrophone"]
