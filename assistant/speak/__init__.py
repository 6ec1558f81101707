"""Speech out: Markdown to speakable text, synthesis, playback.

`voice.ChildVoice` is the port's adapter in the main process. Its child (`voice_child`) makes the text speakable, has it
synthesised by a child of its own (`synthesiser_child`, because speech engines crash and hang), and plays it. `saving`
writes speech to a file. Nothing is imported here, so that the children start quickly.
"""
