"""`aloud terms fix`: a text put right, each replacement told, with a person's own terms and a project's."""

from pathlib import Path

from tests.cli.command import aloud, refused


def test_a_text_is_put_right_and_each_replacement_is_told() -> None:
    done = aloud("terms", "fix", "How do I use num pie,", "and cube cuddle?")
    assert done.code == 0
    fixed, *replaced = done.out.splitlines()
    assert fixed == "How do I use numpy, and kubectl?"
    assert [line.split(",")[0].strip() for line in replaced] == [
        "num pie → numpy  (data-science",
        "cube cuddle → kubectl  (commands",
    ]
    told = aloud("terms", "fix", "--json", typed="How do I use num pie?\n").json
    assert told["text"] == "How do I use numpy?"
    assert [(it["heard"], it["text"], it["source"]) for it in told["replacements"]] == [
        ("num pie", "numpy", "data-science")
    ]
    assert 0.5 <= told["replacements"][0]["score"] <= 1
    assert aloud("terms", "fix", "She has a nice view.").out == "She has a nice view.\n"


def test_own_terms_and_those_of_a_folder_are_put_right_unless_they_are_off(tmp_path: Path) -> None:
    said = "please run frob nicate and total price of basket here"
    assert aloud("terms", "fix", said).out == said + "\n"
    aloud("terms", "add", "frobnik8", "--heard", "frob nicate")
    (tmp_path / "prices.py").write_text("def total_price_of_basket():\n    pass\n")
    told = aloud("terms", "fix", said, "--folder", tmp_path, "--json").json
    assert told["text"] == "please run frobnik8 and total_price_of_basket here"
    assert [it["source"] for it in told["replacements"]] == ["own", f"project {tmp_path.name}"]
    aloud("terms", "off", "own")
    assert aloud("terms", "fix", said).out == said + "\n"


def test_what_was_learned_is_obeyed_as_in_a_talk_and_listed_as_a_source() -> None:
    said = "We met frob nicate. How do I use num pie?"
    for heard, meant in (("frob nicate", "Frobnik"), ("num pie", "num pie")):
        assert aloud("terms", "rules", "add", heard, meant, "--yes").code == 0
    told = aloud("terms", "fix", said, "--json").json
    assert told == {
        "text": "We met Frobnik. How do I use num pie?",
        "replacements": [{"heard": "frob nicate", "text": "Frobnik", "source": "corrections", "score": 1.0}],
    }
    listed = aloud("terms", "list", "--source", "corrections", "--json").json
    assert [(it["term"], it["heard"]) for it in listed] == [("Frobnik", ["frob nicate"])]
    assert aloud("terms", "list", "Frobnik").out.split()[:2] == ["Frobnik", "corrections"]
    aloud("terms", "off", "corrections")
    assert aloud("terms", "fix", said, "--json").json["text"] == "We met frob nicate. How do I use numpy?"


def test_spoken_code_is_written_where_it_is_in_the_program() -> None:
    said = "call num pie dot einsum open paren close paren"
    assert aloud("terms", "fix", said).out.splitlines()[0].endswith("open paren close paren")
    aloud("config", "set", "terms.spoken_code", "true")
    assert aloud("terms", "fix", said).out.splitlines()[0] == "call numpy.einsum()"


def test_what_cannot_be_put_right_is_said_in_one_sentence(tmp_path: Path) -> None:
    refused(aloud("terms", "fix", typed=" \n"), "no text to put right")
    refused(aloud("terms", "fix", typed="a " * 150_000), "more than 200,000 characters")
    refused(aloud("terms", "fix", "num \udcff pie"), "not UTF-8")
    refused(aloud("terms", "fix", "text", "--folder", tmp_path / "missing"), "is not a folder")


def test_an_indexed_folder_is_a_source_that_can_be_switched(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "prices.py").write_text("def total_price_of_basket():\n    pass\n")
    assert aloud("terms", "index", tmp_path / "shop").code == 0
    said = "please run total price of basket here"
    assert aloud("terms", "fix", said).out.startswith("please run total_price_of_basket here\n")
    assert "total_price_of_basket" in aloud("terms", "list", "--source", "project shop").out
    assert aloud("terms", "off", "project", "shop").code == 0
    assert aloud("terms", "fix", said).out == said + "\n"
    assert "project shop" in aloud("config", "get", "terms.off").out
