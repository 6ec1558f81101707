"""Speech as most programs have it: pyttsx3, one engine, `say` and `runAndWait` for each line that is read."""

import sys

import pyttsx3


def main() -> None:
    engine = pyttsx3.init()
    for line in sys.stdin:
        engine.say(line)
        engine.runAndWait()


if __name__ == "__main__":
    main()
