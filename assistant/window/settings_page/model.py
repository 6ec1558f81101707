"""Which language model answers: servers found on this machine, or an address and a key."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton

from assistant.ports_controls import ChatServer
from assistant.settings import Settings
from assistant.turn.events import Fault
from assistant.window.desk import Desk
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.parts import Section

_OTHER = "another"


class ModelSection(Section):
    """Nothing is changed until the server was tried and answered."""

    title = "Language model"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._servers: list[ChatServer] = []
        self._trying = False
        self._server = Choice(desk.look)
        self._server_field = self.field("Server", self._server)
        self._address = QLineEdit(placeholderText="https://api.openai.com/v1")
        self.field("Address", self._address, "Any server that speaks as OpenAI's does.")
        self._key = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.field(
            "Key",
            self._key,
            "Kept in the system's keyring, for this address alone. Leave it empty to keep it.",
        )
        self._model = Choice(desk.look)
        self._model.edit()
        self.field("Model", self._model)
        self._connect = QPushButton("Connect")
        self._connect.setProperty("kind", "primary")
        self._connected = self.field("", self._connect)
        self._server.chosen.connect(self._choose_server)
        self._connect.clicked.connect(self._try)
        self._address.returnPressed.connect(self._try)
        self._key.returnPressed.connect(self._try)

    def fill(self, settings: Settings) -> None:
        chat = settings.chat
        self._offer_servers(chat.base_url)
        if not self._address.isModified():
            self._address.setText(chat.base_url)
        self._offer_models(chat.base_url, chat.model)

    def _offer_servers(self, base_url: str) -> None:
        options = [(server.base_url, server.title) for server in self._servers]
        known = any(server.base_url == base_url for server in self._servers)
        self._server.offer([*options, (_OTHER, "Another")], base_url if known else _OTHER)

    def _offer_models(self, base_url: str, chosen: str) -> None:
        server = next((one for one in self._servers if one.base_url == base_url), None)
        models = server.models if server else ()
        first = chosen or (models[0] if models else "")
        self._model.offer([(name, name) for name in models], first)
        self._model.setCurrentText(first)

    def opened(self) -> None:
        self._server_field.help("Looking for servers on this machine.")
        self.desk.errands.run(self.desk.controls.chat_servers, self._take, self._server_field.complain)

    def _take(self, servers: list[ChatServer]) -> None:
        self._servers = servers
        found = "None was found on this machine. Start Ollama or LM Studio, or give an address."
        self._server_field.help("" if servers else found)
        self.fill(self.desk.preferences.settings)

    @Slot(object)
    def _choose_server(self, base_url: object) -> None:
        address = "" if base_url == _OTHER else str(base_url)
        self._address.setText(address)
        self._address.setModified(True)
        self._offer_models(address, "")
        if not address:
            self._address.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _try(self) -> None:
        address, key, model = (
            self._address.text().strip(),
            self._key.text(),
            self._model.currentText().strip(),
        )
        if self._trying or not address:
            return
        self._trying = True
        self._connect.setText("Connecting")
        self._connected.complain(None)
        self._connected.help("")
        controls = self.desk.controls
        self.desk.errands.run(lambda: controls.connect(address, key, model), self._succeeded, self._failed)

    def _succeeded(self, server: ChatServer) -> None:
        self._settle()
        self._key.clear()
        self._address.setModified(False)
        others = [one for one in self._servers if one.base_url != server.base_url]
        self._servers = [server, *others]
        count = len(server.models)
        self._connected.help(f"{server.title} answers. It offers {count} model{'' if count == 1 else 's'}.")
        self.desk.preferences.reload()

    def _failed(self, fault: Fault) -> None:
        self._settle()
        self._connected.complain(fault)

    def _settle(self) -> None:
        self._trying = False
        self._connect.setText("Connect")
