"""Which speech model writes down what is said, and how others are had."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistant.ports_controls import RecogniserOffer
from assistant.settings import Settings
from assistant.turn.events import Part
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.parts import Section, label
from assistant.window.settings_page.progress import Progress
from assistant.window.words import size

_LANGUAGES = (
    ("", "Whichever is spoken"),
    ("en", "English"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("cs", "Czech"),
    ("nl", "Dutch"),
    ("fr", "French"),
    ("de", "German"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("es", "Spanish"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
)
_RESTS = (
    (0, "Never, it is ready at once"),
    (5, "After 5 minutes of rest"),
    (30, "After half an hour of rest"),
    (120, "After two hours of rest"),
)


class RecogniserSection(Section):
    score_wanted = Signal()

    title = "Speech recogniser"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offers: list[RecogniserOffer] = []
        self._downloading = False
        self._progress = _Download(desk)
        self.column.addWidget(self._progress)
        self._rows = QWidget()
        self._row_column = QVBoxLayout(self._rows)
        self._row_column.setContentsMargins(0, 0, 0, 0)
        self._row_column.setSpacing(desk.look.px(8))
        self._models = self.field("", self._rows)
        self._rows.setAccessibleName("Models")
        self._language = Choice(desk.look)
        self._language_field = self.field("Language you speak", self._language)
        self._language.chosen.connect(self._choose_language)
        self._rest = Choice(desk.look)
        self._rest_field = self.field("Give its memory back", self._rest)
        self._rest.chosen.connect(self._choose_rest)
        score = QPushButton("Take a score")
        self.field("", score, "Read some sentences, and see how many of their words each model understands.")
        score.clicked.connect(self.score_wanted)

    def fill(self, settings: Settings) -> None:
        self._language.offer(_LANGUAGES, settings.recogniser.language)
        self._rest.offer(_RESTS, settings.recogniser.rest_after_min)
        self._show_rows(settings.recogniser.model)

    def opened(self) -> None:
        self.desk.errands.run(self.desk.controls.recognisers, self._take, self._models.complain)

    def _take(self, offers: list[RecogniserOffer]) -> None:
        self._offers = offers
        self._show_rows(self.desk.preferences.settings.recogniser.model)

    def show_session(self, session: Session) -> None:
        part = session.part(Part.TRANSCRIBE)
        under_way = part is not None and part.progress is not None
        self._progress.show_download(part.label if part else "", part.progress if part else None)
        if under_way != self._downloading:
            self._downloading = under_way
            self.opened()

    def _show_rows(self, chosen: str) -> None:
        focused = self.window().focusWidget()
        name = focused.property("model") if focused is not None else None
        while (item := self._row_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        best = RecogniserOffer("", "The best that is here", "Chosen for this machine", 0, "", "", True)
        for offer in (best, *self._offers):
            row = _Row(self, offer, chosen=offer.name == chosen, downloading=self._downloading)
            self._row_column.addWidget(row)
            if name == offer.name:
                row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def use(self, name: str) -> None:
        self.change("recogniser", "model", name, self._models)

    def get(self, name: str) -> None:
        self._models.complain(None)
        controls = self.desk.controls
        self.desk.errands.run(lambda: controls.get_recogniser(name), failed=self._models.complain)

    @Slot(object)
    def _choose_language(self, code: object) -> None:
        self.change("recogniser", "language", code, self._language_field)

    @Slot(object)
    def _choose_rest(self, minutes: object) -> None:
        self.change("recogniser", "rest_after_min", minutes, self._rest_field)


class _Download(Progress):
    """The download of a model."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, "Download")
        self._desk = desk
        self.stopped.connect(self._stop)

    def show_download(self, name: str, progress: float | None) -> None:
        if progress is None:
            self.hide()
        else:
            text = f"{name}, {progress:.0%}" if name else f"{progress:.0%}"
            self.show_progress(text, round(1000 * progress), 1000)

    @Slot()
    def _stop(self) -> None:
        self._desk.errands.run(self._desk.controls.stop_download)


class _Row(QWidget):
    """One model: what it is, and the button to use it or to get it."""

    def __init__(
        self, section: RecogniserSection, offer: RecogniserOffer, *, chosen: bool, downloading: bool
    ) -> None:
        super().__init__()
        self._section, self._offer = section, offer
        px = section.desk.look.px
        facts = [
            offer.languages,
            offer.speed,
            size(offer.size_bytes) if offer.size_bytes else "",
            offer.licence,
        ]
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(label(offer.title))
        text.addWidget(label(" · ".join(fact for fact in facts if fact), "secondary"))
        self.button = QPushButton("In use" if chosen else "Use" if offer.installed else "Get")
        self.button.setProperty("model", offer.name)
        self.button.setEnabled(not chosen and (offer.installed or not downloading))
        self.button.setAccessibleName(f"{self.button.text()} {offer.title}")
        self.button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addLayout(text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _act(self) -> None:
        if self._offer.installed:
            self._section.use(self._offer.name)
        else:
            self._section.get(self._offer.name)
