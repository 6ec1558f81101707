"""`aloud config`: the settings, and the key of the language model."""

from enum import Enum
from typing import Annotated, Any

import typer
from rich.table import Table

from assistant import paths, settings
from assistant.cli.output import Json, console, plainly, print_json
from assistant.errors import AssistantError

app = typer.Typer(help="Show and change the settings.", invoke_without_command=True)

Name = Annotated[str, typer.Argument(help="Section and name, for example chat.model")]


def _values(chosen: settings.Settings) -> dict[str, dict[str, Any]]:
    return settings.as_mapping(chosen)


@app.callback()
@plainly
def show(context: typer.Context, as_json: Json = False) -> None:
    """All settings with their values; those that differ from the default are marked."""
    if context.invoked_subcommand is not None:
        return
    values, defaults = _values(settings.load(paths.settings_file())), _values(settings.Settings())
    if as_json:
        print_json(values)
        return
    table = Table("setting", "value", "", box=None, title=str(paths.settings_file()), title_justify="left")
    for section, names in values.items():
        for name, value in names.items():
            changed = value != defaults[section][name]
            table.add_row(f"{section}.{name}", _plain(value), "changed" if changed else "")
    console.print(table)


@app.command()
@plainly
def get(name: Name) -> None:
    """Print one setting."""
    section, key = _split(name)
    print(_plain(_values(settings.load(paths.settings_file()))[section][key]))


@app.command("set")
@plainly
def set_(name: Name, value: Annotated[str, typer.Argument(help="The new value")]) -> None:
    """Change one setting. A running program follows at its next start."""
    section, key = _split(name)
    settings.change(paths.settings_file(), section, key, value)


@app.command()
@plainly
def path() -> None:
    """Print where the settings file is."""
    print(paths.settings_file())


@app.command()
@plainly
def key(
    base_url: Annotated[
        str, typer.Option("--for", help="The server the key belongs to; default: chat.base_url")
    ] = "",
) -> None:
    """Keep an API key in the system's keyring, bound to its server. Asks for it; nothing is shown."""
    from assistant.build import keep_api_key

    server = base_url or settings.load(paths.settings_file()).chat.base_url
    if not server:
        hint = "Name it with --for, or set chat.base_url first."
        raise AssistantError("no-server", "The key belongs to no server.", hint)
    keep_api_key(server, typer.prompt(f"API key for {server}", hide_input=True))


def _split(name: str) -> tuple[str, str]:
    section, _, key = name.partition(".")
    if key not in _values(settings.Settings()).get(section, {}):
        raise AssistantError(
            "bad-setting", f"There is no setting {name}.", "`aloud config` lists the settings."
        )
    return section, key


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value.value if isinstance(value, Enum) else value)
