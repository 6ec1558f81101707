"""What is tried after a scribe that left: the CPU, then the basic recogniser, then nothing."""

from assistant.transcribe.attempts import Attempts


def what(attempts: Attempts) -> str:
    return "basic" if attempts.on_basic else "cpu" if attempts.on_cpu else "chosen"


def after(*ends_ready: bool) -> list[str]:
    attempts = Attempts()
    return [what(attempts) if attempts.ended(ready=ready) else "nothing" for ready in ends_ready]


def test_a_model_that_cannot_be_loaded_is_tried_on_the_cpu_and_then_the_basic_recogniser() -> None:
    assert after(False, False, False) == ["cpu", "basic", "nothing"]


def test_one_that_works_may_end_three_times_before_the_basic_recogniser_takes_over() -> None:
    assert after(True, True, True) == ["cpu", "cpu", "basic"]


def test_the_basic_recogniser_may_end_three_times_too() -> None:
    assert after(False, False, True, True, True) == ["cpu", "basic", "basic", "basic", "nothing"]


def test_a_recording_that_was_worked_through_forgives_what_ended_before() -> None:
    attempts = Attempts()
    for _ in range(5):
        assert attempts.ended(ready=True)
        attempts.succeeded()
    assert what(attempts) == "cpu"


def test_a_new_choice_begins_with_what_was_chosen() -> None:
    attempts = Attempts()
    attempts.ended(ready=False)
    attempts.ended(ready=False)
    attempts.afresh()
    assert what(attempts) == "chosen"
