"""The models to choose from, as the window and the command line show them."""

from assistant.ports_controls import RecogniserOffer
from assistant.transcribe.installed import Models


def offers(models: Models) -> list[RecogniserOffer]:
    """The catalogue, then the user's other models."""
    there = {model.name: model for model in models.installed()}
    offered = [
        RecogniserOffer(
            model.name,
            model.title,
            model.languages,
            model.bytes,
            model.speed.value,
            model.licence,
            there.pop(model.name, None) is not None,
        )
        for model in models.catalogue
    ]
    own = [
        RecogniserOffer(model.name, model.name, model.languages, model.bytes, "", "", installed=True)
        for model in there.values()
    ]
    return offered + own
