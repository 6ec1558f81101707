"""What is found in a source of each language: what a person would say of it."""

import pytest

from assistant.terms.project.grammars import language_of
from assistant.terms.project.symbols import symbols, written_by_a_program

PYTHON = """
import numpy as np, os.path
from a.b import Loader as L, read_all
from .near import neighbour
class Store:
    batch_size: int = 1
    @property
    def newest(self): return np.einsum(L.make(), os.path.join("a"))
def load_it(first):
    local = 1
MAX_SIZE = 3
"""
TYPESCRIPT = """
import React, {useState as us} from "react"; import * as d3 from 'd3'; import './x.css'
interface Props { batchSize: number } type Alias = string; enum Colour {A}
export const useThing = () => d3.scaleLinear(); export class Foo { private bar = 1; doIt() { React.memo() } }
"""
JAVASCRIPT = """
const fs = require('fs'); class Reader { rows = 1; readAll(){ fs.readFileSync() } }
module.exports.twice = function() {}; export const MAX = 1
"""
RUST = """
use std::collections::{HashMap, hash_map::Entry}; use tokio::sync::mpsc; use serde::*;
struct Foo { bar_baz: u8 } impl Foo { fn do_it(&self) { mpsc::channel(); } } enum Kind { VarA }
trait Tr { fn go_on(&self); } macro_rules! mac { () => {} } const QQ: u8 = 1;
"""
GO = """
package foo
import ("net/http"; g "github.com/gin-gonic/gin/v2"; "fmt")
type S struct { BatchSize int }
type I interface { DoIt() }
func (s S) Serve() { http.HandleFunc(); g.Default() }
var Shared = 1
const (
	Most = 2
)
func Make() {}
"""
JAVA = """
import java.util.Collections;
public class Foo { private int barBaz; enum E {AA} interface I { void ask(); } void doIt() { Collections.sort(x); } }
"""
C = """
#include <stdio.h>
#define MAX_N 3
#define SQUARE(x) x
typedef struct foo { int bar_baz; } foo_t; enum e { E_A }; int *do_it(void) { }
"""
CPP = """
#include <vector>
namespace near { class Foo { int a_b; void meth(); }; void Foo::other() { std::vector<int> x; near::call(); }
using Alias = int; }
"""
RUBY = """
require "json"
module Mod; class Foo < Bar; CONST = 1; def self.build_it; end; def done?; end; end; end
"""
PHP = """<?php use Foo\\Bar;
class Kept { public $fooBar; const QQ=1; function doIt() { Bar::make(); } } function near() {} interface Can {}
"""
CSHARP = """
using System.Linq;
namespace Near { class Foo { int fooBar; string Prop {get;set;} void DoIt() {} enum E { Aa } } }
"""
BASH = """
do_it() { echo; }
MAX_X=1
"""


@pytest.mark.parametrize(
    ("file", "source", "found"),
    [
        (
            "a.py",
            PYTHON,
            (
                "module:numpy module:os.path module:a.b import:Loader import:read_all import:neighbour class:Store "
                "field:batch_size method:newest member:np.einsum member:L.make member:os.path member:os.path.join function:load_it "
                "constant:MAX_SIZE"
            ),
        ),
        (
            "a.tsx",
            TYPESCRIPT,
            (
                "module:react module:d3 import:useState type:Props field:batchSize type:Alias type:Colour "
                "function:useThing member:d3.scaleLinear class:Foo field:bar method:doIt member:React.memo"
            ),
        ),
        (
            "a.js",
            JAVASCRIPT,
            (
                "module:fs constant:fs class:Reader field:rows method:readAll member:fs.readFileSync method:twice "
                "constant:MAX"
            ),
        ),
        (
            "a.rs",
            RUST,
            (
                "module:std::collections import:HashMap import:Entry module:tokio::sync::mpsc import:mpsc module:serde "
                "class:Foo field:bar_baz function:do_it member:mpsc::channel member:std::collections type:Kind "
                "constant:VarA type:Tr method:go_on function:mac constant:QQ"
            ),
        ),
        (
            "a.go",
            GO,
            (
                "module:foo module:net/http module:gin module:fmt class:S field:BatchSize type:I method:DoIt "
                "method:Serve member:http.HandleFunc member:g.Default constant:Shared constant:Most function:Make"
            ),
        ),
        (
            "A.java",
            JAVA,
            (
                "module:java.util import:Collections class:Foo field:barBaz type:E constant:AA type:I method:ask "
                "method:doIt member:Collections.sort"
            ),
        ),
        (
            "a.c",
            C,
            (
                "module:stdio.h constant:MAX_N function:SQUARE class:foo field:bar_baz type:foo_t type:e constant:E_A "
                "function:do_it"
            ),
        ),
        (
            "a.hpp",
            CPP,
            (
                "module:vector module:near class:Foo field:a_b method:meth method:other member:std::vector "
                "member:near::call type:Alias"
            ),
        ),
        ("a.rb", RUBY, "module:json module:Mod class:Foo constant:CONST method:build_it method:done?"),
        (
            "a.php",
            PHP,
            "import:Bar class:Kept field:fooBar constant:QQ method:doIt member:Bar::make function:near type:Can",
        ),
        (
            "a.cs",
            CSHARP,
            "module:System.Linq module:Near class:Foo field:fooBar field:Prop method:DoIt type:E constant:Aa",
        ),
        ("a.sh", BASH, "function:do_it constant:MAX_X"),
    ],
)
def test_a_source_tells_what_it_defines_imports_and_uses(file: str, source: str, found: str) -> None:
    language = language_of(file)
    assert language is not None
    assert {f"{kind}:{name}" for kind, name in symbols(language, source.encode())} == set(found.split())


@pytest.mark.parametrize(
    "ending", ["py", "js", "ts", "tsx", "rs", "go", "java", "c", "cpp", "rb", "php", "cs", "sh"]
)
def test_broken_text_is_read_in_every_language(ending: str) -> None:
    language = language_of(f"a.{ending}")
    assert language is not None
    for broken in (b"", b"\xff\xfe" * 50, b"(" * 20_000, b"def f(:\n class {{{ \xe2\x82 import", b"\0"):
        list(symbols(language, broken))


@pytest.mark.parametrize(
    "source",
    [
        b"x = = 3\n\n\ndef second_one():\n    pass\n",
        b"class A:\n    def f(self):\n        return (1 +\n\n    def second_one(self):\n        pass\n",
    ],
)
def test_what_comes_after_broken_syntax_is_still_found(source: bytes) -> None:
    assert "second_one" in {name for _, name in symbols("python", source)}


@pytest.mark.parametrize(
    "source",
    [
        b"// Code generated by protoc-gen-go. DO NOT EDIT.\npackage x\n",
        b"/** @generated */\nexport const a = 1;\n",
        b"var a=1;" * 1000,
    ],
)
def test_generated_and_minified_sources_are_known(source: bytes) -> None:
    assert written_by_a_program(source)
    assert not written_by_a_program(b"def generate():\n    pass\n" * 1000)
