"""Names that a conversation or the clipboard brings: those that a person may say next, and never a secret."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms.gleaning import gleaned, names
from assistant.terms.term import Term


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Use `np.einsum("ij,jk->ik", a, b)` here.', ["np.einsum"]),
        ("`kubectl` and `print()`, but `not two words`", ["kubectl", "print"]),
        ("call my_function in MyClass::do_it, DataFrame or useEffect",
         ["my_function", "MyClass::do_it", "DataFrame", "useEffect"]),
        ("PyTorch, MAX_RETRIES, __init__, self.assertEqual.",
         ["PyTorch", "MAX_RETRIES", "__init__", "self.assertEqual"]),
        ("see settings.toml, src/main.rs and test_api.py", ["settings.toml", "main.rs", "test_api.py"]),
        ("run it with --no-cache-dir and -v", ["--no-cache-dir"]),
        ('$ pip install "faster-whisper>=1.0" uvicorn[standard] -U', ["faster-whisper", "uvicorn"]),
        ("sudo apt-get install ffmpeg\n  npm i vite", ["ffmpeg", "vite"]),
        ("import numpy as np, scipy\nfrom polars import col", ["numpy", "scipy", "polars"]),
        ("use tokio::sync;\nimport x from 'react-dom'\nconst a = require(\"@scope/pkg\")",
         ["tokio::sync", "react-dom", "@scope/pkg"]),
        ("```python\nfor row in read_rows(path):\n    total += row.price\n```", ["read_rows", "row.price"]),
        ("sklearn.preprocessing, hf_hub_download, cv2.imread, h264_nvenc",
         ["sklearn.preprocessing", "hf_hub_download", "cv2.imread", "h264_nvenc"]),
        ("tokenizer = AutoTokenizer.from_pretrained(x)", ["AutoTokenizer.from_pretrained"]),
        ("toBeGreaterThanOrEqual getHTTPResponseCode", ["toBeGreaterThanOrEqual", "getHTTPResponseCode"]),
        ("cafe\u0301_menu בדיקה_שם", ["café_menu", "בדיקה_שם"]),
    ],
)  # fmt: skip
def test_names_that_look_like_code_are_found(text: str, found: list[str]) -> None:
    assert list(names(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "This is an ordinary sentence, with 3 numbers (e.g. 42, 7.5). It is done.Then another; I.e. nothing at all.",
        "The well-known U.S.A. visit example.com or docs.python.org about and/or v1.2.3 on 2024-01-02.",
        "",
        "x" * 200_000,
        "`ls -la | head`",
    ],
)
def test_ordinary_text_brings_no_terms(text: str) -> None:
    assert list(names(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/my_page/a_b?token_name=some_value&other_key=more_value#frag_ment",
        "postgres://admin_user:Pass_word@db_host/my_database",
        "me.too@my_host.example.com, user_name@build_host.local",
        "password = 'hunter_Two'",
        "password: My_Secret_Pass",
        "The password is Sword_Fish now",
        "secret-word=Open_Sesame; passphrase => Open_Sesame",
        'api-key: "Some_Long_Key"',
        "Authorization: Bearer some_opaque.value_here",
        "mysql -u root -pSecret_word and --password=Other_secret -p Third_secret",
        "sk-proj-abc_DEF1234567890 sk_live_abcdEFGH1234abcd ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.SflKxwRJSM_eKKF2QT4 AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI_K7MDENG_bPxRfiCYEXAMPLEKEY and QwErTyUiOpAsDf",
        "550e8400-e29b-41d4-a716-446655440000 `9f86d081884c7d659a2feaa0c55ad015` `T0AB12CD3`",
        "order_1234567 of build_2024_01_01, `deadbeefcafe1`",
        "aGVsbG8gd29ybGQgdGhpcyBpcyBiYXNlNjQ=",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB_aKa\nabc_def",
        "a_b" * 200,
        "https://hooks.example.com/services/T0_A/B0_B/some_hook",
    ],
)
def test_what_may_be_a_secret_is_never_a_term(text: str) -> None:
    assert list(names(text)) == []


@pytest.mark.parametrize("password", ["Tr0ub4dor&3", "Xk9_fooBar", "correct.Horse!battery_staple", "hunter2"])
def test_a_word_copied_alone_may_be_a_password(password: str) -> None:
    assert list(names(f"  {password}\n")) == []


@pytest.mark.parametrize("name", ["np.einsum", "read_rows", "DataFrame", "--no-cache-dir"])
def test_a_plain_name_copied_alone_is_a_term(name: str) -> None:
    assert list(names(f"  {name}\n")) == [name]


def test_the_newest_come_first_and_the_oldest_are_left_out() -> None:
    texts = ["then new_one, and new_two", "first old_one, new_one"]
    assert gleaned(texts, "conversation") == (
        Term("new_two", source="conversation"),
        Term("new_one", source="conversation"),
        Term("old_one", source="conversation"),
    )
    assert [term.text for term in gleaned(texts, "clipboard", most=2)] == ["new_two", "new_one"]
    many = " ".join(f"name_{letter}{other}" for letter in string.ascii_letters for other in "abcdefgh")
    assert len(gleaned([many], "clipboard")) == 300


def test_only_the_end_of_an_endless_text_is_read() -> None:
    assert list(names("old_name " + "word " * 50_000 + "new_name")) == ["new_name"]


@given(st.text(alphabet=st.sampled_from("ab_.:-`@/\\ \n=\"'éA1$"), max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    for term in gleaned([text], "clipboard"):
        assert 3 <= len(term.text) <= 60


@given(st.integers(0, 2**64), st.integers(32, 64))
def test_random_characters_are_no_term(seed: int, length: int) -> None:
    text = "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=length))
    if sum(map(str.isdigit, text)) >= 4 and sum(map(str.isupper, text)) >= 6:
        assert text not in list(names(f"it says {text} there"))
