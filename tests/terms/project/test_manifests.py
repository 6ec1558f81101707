"""What a manifest of each kind tells: dependencies, the project's own name, its commands."""

import pytest

from assistant.terms.project.manifests import BrokenManifestError, is_manifest, read_manifest

PYPROJECT = """
[build-system]
requires = ["hatchling>=1"]
[project]
name = "aloud"
dependencies = ["numpy>=2", "Flask[async] ; python_version > '3'", "thing @ https://example.org/x.zip"]
optional-dependencies = { gpu = ["torch"] }
scripts = { "aloud-do" = "a:b" }
[dependency-groups]
test = ["pytest", { include-group = "x" }]
[tool.poetry.dependencies]
python = "^3.11"
httpx = "*"
[tool.poetry.group.dev.dependencies]
ruff = "*"
"""
CARGO = """
[package]
name = "fast-thing"
[dependencies]
tokio = { version = "1" }
[dev-dependencies]
criterion = "0"
[target.'cfg(unix)'.dependencies]
nix = "1"
[workspace.dependencies]
serde = "1"
"""
PACKAGE = """{"name": "web-shop", "dependencies": {"react": "1", "@tanstack/query": "5"},
"devDependencies": {"vite": "1"}, "scripts": {"build:css": "x"}, "peerDependencies": [1]}"""
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><artifactId>shop</artifactId><dependencies>
<dependency><groupId>a</groupId><artifactId>spring-core</artifactId></dependency></dependencies></project>"""
CSPROJ = (
    '<Project><ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13"/></ItemGroup></Project>'
)
REQUIREMENTS = """# comment
-r other.txt
numpy==2.1  # why
uvicorn[standard]>=0.3
    --hash=sha256:abc
https://example.org/x.whl
git+https://example.org/y
"""
SETUP_CFG = """
[metadata]
name = old-thing
[options]
install_requires =
    requests>=2
    attrs
[options.extras_require]
docs = sphinx
"""
CONDA = """name: env
channels:
  - conda-forge
dependencies:
  - python=3.11
  - numpy>=2
  - conda-forge::xarray
  - pip:
    - einops
other: 1
"""
GO_MOD = """module example.org/mine
go 1.22
require github.com/spf13/cobra v1.8.0
require (
	github.com/jackc/pgx/v5 v5.5.0
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
"""
GRADLE = """plugins { id("com.android.application") }
dependencies { implementation("com.squareup.okhttp3:okhttp:4.12") ; testImplementation 'junit:junit:4' }"""
CATALOGUE = """[libraries]
ok = { module = "com.squareup.okhttp3:okhttp", version = "4" }
junit = "junit:junit:4.13"
"""
GEMFILE = "gem 'rails', '~> 7'\n  gem \"pg\"\n# gem 'no'\n"
CMAKE = "project(engine CXX)\nfind_package(OpenCV REQUIRED)\nadd_library( physics a.cpp )\n"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        (
            "pyproject.toml",
            PYPROJECT,
            (
                "library:hatchling project:aloud library:numpy library:Flask library:thing library:torch "
                "command:aloud-do library:pytest library:httpx library:ruff"
            ),
        ),
        ("Cargo.toml", CARGO, "project:fast-thing library:tokio library:criterion library:nix library:serde"),
        ("Pipfile", '[packages]\nflask = "*"\n[dev-packages]\nblack = "*"\n', "library:flask library:black"),
        (
            "package.json",
            PACKAGE,
            "project:web-shop library:react library:@tanstack/query library:vite command:build:css",
        ),
        (
            "composer.json",
            '{"require": {"php": "8", "laravel/framework": "1"}, "require-dev": {"phpunit/phpunit": "1"}}',
            "library:framework library:phpunit",
        ),
        ("pom.xml", POM, "project:shop library:spring-core"),
        ("Shop.csproj", CSPROJ, "library:Newtonsoft.Json"),
        ("requirements-dev.txt", REQUIREMENTS, "library:numpy library:uvicorn"),
        ("setup.cfg", SETUP_CFG, "project:old-thing library:requests library:attrs library:sphinx"),
        ("environment.yml", CONDA, "library:numpy library:xarray library:einops"),
        ("go.mod", GO_MOD, "library:cobra library:pgx library:yaml"),
        ("build.gradle.kts", GRADLE, "library:com.android.application library:okhttp library:junit"),
        ("libs.versions.toml", CATALOGUE, "library:okhttp library:junit"),
        ("Gemfile", GEMFILE, "library:rails library:pg"),
        ("CMakeLists.txt", CMAKE, "project:engine library:OpenCV project:physics"),
    ],
)
def test_a_manifest_tells_what_the_project_depends_on(name: str, content: str, found: str) -> None:
    assert {f"{kind}:{text}" for kind, text in read_manifest(name, content.encode())} == set(found.split())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pyproject.toml", b"[project\n"),
        ("package.json", b"{"),
        ("package.json", b"[" * 100_000),
        ("pom.xml", b"<project>"),
        ("pom.xml", b'<!DOCTYPE p [<!ENTITY a "aaaa">]><project><artifactId>&a;</artifactId></project>'),
        ("setup.cfg", b"name = 1\n"),
        ("requirements.txt", b"\xff\xff\xff"),
    ],
)
def test_a_broken_manifest_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(BrokenManifestError):
        read_manifest(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pyproject.toml", b"project = 3\ntool = []\n"),
        ("pyproject.toml", b"[project]\nname = 3\ndependencies = [1, {}]\nscripts = 1\n"),
        ("Cargo.toml", b"dependencies = 1\ntarget = [1]\n"),
        ("package.json", b'{"name": 1, "dependencies": 5}'),
        ("package.json", b"3"),
        ("environment.yml", b"dependencies: 3\n"),
    ],
)
def test_values_of_another_shape_tell_nothing(name: str, content: bytes) -> None:
    assert read_manifest(name, content) == []


def test_other_files_are_no_manifests() -> None:
    assert not any(map(is_manifest, ("main.py", "notes.txt", "tsconfig.json", "data.toml")))
