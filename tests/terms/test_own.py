"""The user's own terms: added, removed, imported, kept whatever happens to their file."""

import resource
import threading
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AssistantError
from assistant.terms import own as own_module
from assistant.terms.importing import read_list
from assistant.terms.own import Added, OwnTerms
from assistant.terms.table import MOST_BYTES, as_csv, made, read_table
from assistant.terms.term import Term
from assistant.turn.events import Fault


@pytest.fixture
def told() -> list[Fault]:
    return []


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "aloud" / "terms.csv"


@pytest.fixture
def own(file: Path, told: list[Fault]) -> OwnTerms:
    return OwnTerms(file, told.append)


def texts(own: OwnTerms) -> list[str]:
    return [term.text for term in own.terms()]


def write(file: Path, data: str | bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)


def test_a_term_that_was_added_is_there_at_the_next_start(
    own: OwnTerms, file: Path, told: list[Fault]
) -> None:
    assert own.terms() == ()
    added = own.add([made("np.einsum", "function", ["N P  dot ein sum"], ["iron sum|ein some"])])
    assert added == Added(new=1, known=0)
    kept = Term("np.einsum", ("n p dot ein sum",), "own", "function", ("iron sum", "ein some"))
    assert own.terms() == OwnTerms(file, told.append).terms() == (kept,)
    assert file.read_text().startswith("term,kind,spoken,heard\nnp.einsum,function,n p dot ein sum,iron sum|")
    assert not told


def test_the_same_term_again_is_one_with_the_forms_of_both(own: OwnTerms) -> None:
    own.add([made("kubectl", spoken=["cube control"]), made("k9s")])
    assert own.add([made("kubectl", "command", ["cube cuddle"]), made("Kubectl")]) == Added(new=1, known=1)
    assert texts(own) == ["kubectl", "k9s", "Kubectl"]
    assert own.terms()[0].spoken == ("cube control", "cube cuddle")
    assert own.terms()[0].kind == "command"


def test_a_term_can_be_removed_and_one_that_is_not_there_is_said(own: OwnTerms) -> None:
    own.add([made("a_b"), made("café"), made("c_d")])
    own.remove("a_b")
    own.remove(" cafe\u0301")
    assert texts(own) == ["c_d"]
    with pytest.raises(AssistantError, match="'a_b' is not among your own terms"):
        own.remove("a_b")


def test_what_an_editor_or_another_program_writes_is_seen_and_kept(own: OwnTerms, file: Path) -> None:
    own.add([made("first")])
    write(file, "term;kind\nby_hand;function\n")
    assert texts(own) == ["by_hand"]
    OwnTerms(file, lambda _: None).add([made("other_program")])
    own.add([made("mine")])
    assert texts(own) == ["by_hand", "other_program", "mine"]


def test_programs_that_add_at_the_same_time_lose_nothing(file: Path) -> None:
    def add(name: int) -> None:
        mine = OwnTerms(file, lambda _: None)
        for number in range(5):
            mine.add([made(f"t{name}_{number}")])

    threads = [threading.Thread(target=add, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts(OwnTerms(file, lambda _: None))) == 30


def test_a_line_that_is_no_term_is_told_once_and_stays_in_the_file(
    own: OwnTerms, file: Path, told: list[Fault]
) -> None:
    long = "x" * 500
    write(file, f'term,kind\ngood,function\n{long},function\n"open,function\n')
    assert texts(own) == texts(own) == ["good"]
    assert [fault.code for fault in told] == ["refused-terms"]
    assert "2 lines are not used: line 3" in told[0].message
    assert "it has 500 characters, a term has at most 80" in told[0].message
    own.add([made("new")])
    own.remove("good")
    assert texts(own) == texts(OwnTerms(file, lambda _: None)) == ["new"]
    assert len(told) == 1
    assert f'{long},function\n"open,function\n' in file.read_text()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"term,kind\ncaf\xe9,place\n", "neither UTF-8 nor UTF-16"),
        ("term,kind\nnaïve".encode()[:-3], "neither UTF-8 nor UTF-16"),
        (b"term,kind\ngood,x\n" + bytes(200), "not a text file"),
        (b"a_b\n" * (MOST_BYTES // 4 + 1), "larger than 8 MB"),
    ],
)
def test_a_file_that_is_damaged_is_put_aside_whole_before_it_is_written(
    own: OwnTerms, file: Path, told: list[Fault], data: bytes, why: str
) -> None:
    own.add([made("known")])
    write(file, data)
    assert texts(own) == ["known"]  # what is known of it is used on
    assert file.read_bytes() == data
    own.add([made("new")])
    assert texts(OwnTerms(file, lambda _: None)) == ["known", "new"]
    aside = file.with_name("terms.aside-1.csv")
    assert aside.read_bytes() == data
    assert [fault.code for fault in told] == ["bad-terms", "terms-put-aside"]
    assert why in told[0].message
    assert str(aside) in told[1].message
    write(file, data)
    own.add([made("newer")])
    assert aside.with_name("terms.aside-2.csv").exists()


def test_columns_of_a_persons_own_are_put_aside_with_their_file(
    own: OwnTerms, file: Path, told: list[Fault]
) -> None:
    write(file, "note,term\nfrom work,a_b\n")
    own.add([made("c_d")])
    assert texts(own) == ["a_b", "c_d"]
    assert file.with_name("terms.aside-1.csv").read_text() == "note,term\nfrom work,a_b\n"
    assert "(note)" in told[0].message


def test_a_file_that_may_not_be_read_is_not_overwritten(own: OwnTerms, file: Path, told: list[Fault]) -> None:
    file.mkdir(parents=True)  # unlike a file without permission, it stops the superuser as well
    assert own.terms() == ()
    with pytest.raises(AssistantError, match="cannot be read"):
        own.add([made("new")])
    assert file.is_dir()
    assert [fault.code for fault in told] == ["terms-not-read"]


def test_a_disk_that_becomes_full_costs_nothing_that_was_there(own: OwnTerms, file: Path) -> None:
    own.add([made("a_b")])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(AssistantError, match="cannot be saved"):
            own.add(made(f"t_{number}") for number in range(100))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert texts(own) == texts(OwnTerms(file, lambda _: None)) == ["a_b"]
    assert sorted(name.suffix for name in file.parent.iterdir()) == [".csv", ".lock"]


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    own = OwnTerms(tmp_path / "blocked" / "terms.csv", lambda _: None)
    with pytest.raises(AssistantError, match="cannot be saved"):
        own.add([made("new")])


def test_a_list_that_another_program_holds_is_said(
    own: OwnTerms, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_module, "_LOCKED_FOR_S", 0.05)
    write(file, "term\na_b\n")
    with FileLock(f"{file}.lock"), pytest.raises(AssistantError, match="Another program is changing"):
        own.add([made("new")])
    assert file.read_text() == "term\na_b\n"


def test_a_list_too_large_to_be_read_again_is_not_written(own: OwnTerms, file: Path) -> None:
    own.add([made("a_b")])
    many = [made(f"{number:07}" + "x" * 70) for number in range(MOST_BYTES // 77)]
    with pytest.raises(AssistantError, match="would be larger than 8 MB"):
        own.add(many)
    assert texts(own) == ["a_b"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("x" * 81, "81 characters"),
        ("a\nb", "a line break"),
        ("a\tb", "not shown"),
        ("a\x07b", "not shown"),
        ("a\u2028b", "a line break"),
        ("abc\u202ecba", "not shown"),
        ("a\udcffb", "not shown"),
    ],
)
def test_what_is_no_term_is_refused_in_one_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        made(text)


def test_forms_have_limits_too() -> None:
    with pytest.raises(ValueError, match="201 characters"):
        made("a_b", spoken=["x" * 201])
    with pytest.raises(ValueError, match="60 forms"):
        made("a_b", heard=["|".join(map(str, range(60)))])


def test_every_script_is_kept_in_its_canonical_form(own: OwnTerms, file: Path) -> None:
    own.add([made("cafe\u0301_menu"), made("שלום_עולם"), made("می\u200cخواهم"), made("நிரல்"), made("a‖b|c")])
    again = OwnTerms(file, lambda _: None)
    assert texts(again) == ["café_menu", "שלום_עולם", "می\u200cخواهم", "நிரல்", "a‖b|c"]


@given(
    st.lists(
        st.builds(
            lambda text, spoken, heard: (text, spoken, heard),
            st.text(min_size=1, max_size=30),
            st.lists(st.text(max_size=10), max_size=3),
            st.lists(st.text(max_size=10), max_size=3),
        ),
        max_size=5,
    )
)
def test_whatever_is_accepted_is_read_back_as_it_was(
    given_terms: list[tuple[str, list[str], list[str]]],
) -> None:
    terms: dict[str, Term] = {}
    for text, spoken, heard in given_terms:
        try:
            term = made(text, "", spoken, heard)
        except ValueError:
            continue
        terms.setdefault(term.text, term)
    table = read_table(as_csv(terms.values()))
    assert table.terms == tuple(terms.values())
    assert not table.refused


NAMES = ["np.einsum", "kubectl", "std::pair<int, int>"]


@pytest.mark.parametrize(
    "text",
    [
        "np.einsum\nkubectl\nstd::pair<int, int>\n",
        "np.einsum\r\n\r\n  kubectl \r\nstd::pair<int, int>",
        "np.einsum\rkubectl\rstd::pair<int, int>\r",
        'term\nnp.einsum\nkubectl\n"std::pair<int, int>"\n',
        'np.einsum,function\nkubectl,command\n"std::pair<int, int>",type\n',
        "np.einsum;function;\nkubectl;;\nstd::pair<int, int>;type\n",
        "np.einsum\tfunction\nkubectl\t\nstd::pair<int, int>\ttype\n",
        "kind;Term\nfunction;np.einsum\n;kubectl\ntype;std::pair<int, int>\n",
        'spoken,heard,term\n,,np.einsum\n,,kubectl\n,,"std::pair<int, int>"\n',
        "term\tspoken\nnp.einsum\t\nkubectl\tcube cuddle\nstd::pair<int, int>\t\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lists_are_understood_however_they_were_saved(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "list").write_bytes(text.encode(encoding))
    table = read_list(tmp_path / "list")
    assert [term.text for term in table.terms] == NAMES
    assert not table.refused


def test_the_lines_that_are_refused_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = 'term,kind,spoken\ngood_one,x,\n"open,x,\n,x,\n' + "y" * 500 + ",x,\nbell\x07,x,\ngood_two,x,two\n"
    (tmp_path / "list.csv").write_text(text)
    table = read_list(tmp_path / "list.csv")
    assert [term.text for term in table.terms] == ["good_one", "good_two"]
    assert [refusal.line for refusal in table.refused] == [3, 4, 5, 6]
    assert str(table.refused[1]) == "line 4: ',x,': it is empty"
    assert all(len(str(refusal)) < 150 and "\x07" not in str(refusal) for refusal in table.refused)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "has no terms."),
        (b"\n \n", "has no terms."),
        (b"x" * 500, "has no terms: line 1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is not a text file"),
        (b"plain\x00zero", "it is not a text file"),
        (b"caf\xe9", "neither UTF-8 nor UTF-16"),
        (b"\xff\xfea", "neither UTF-8 nor UTF-16"),
        (b"a_b\n" * (MOST_BYTES // 4 + 1), "it is larger than 8 MB"),
    ],
)
def test_what_is_no_list_is_said_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "list").write_bytes(data)
    with pytest.raises(AssistantError) as caught:
        read_list(tmp_path / "list")
    assert said in caught.value.fault.message
    assert caught.value.fault.hint


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="There is no file"):
        read_list(tmp_path / "missing")
    with pytest.raises(AssistantError, match="is a folder"):
        read_list(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(AssistantError, match="cannot be read"):
        read_list(tmp_path / "loop")
