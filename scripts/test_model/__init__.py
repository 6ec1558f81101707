"""How the small Whisper in `models/test.en` is made: sentences, speech, training, conversion, measurement."""
