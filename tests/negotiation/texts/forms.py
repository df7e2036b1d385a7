"""The chair's forms as a browser would fill them in: read from the page, sent with what the chair changed."""

from html.parser import HTMLParser
from typing import Any, Final

from tests.negotiation.texts import table

DESK: Final = f"/en/texts/{table.SLUG}/desk/"
SUGGEST: Final = f"{DESK}suggest/"

Fields = dict[str, list[str]]


class _Form(HTMLParser):
    """The fields of a page's forms for a text, as they would be sent; `labels`: the words beside each choice."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.labels: dict[str, str] = {}
        self.values: dict[str, tuple[str, str]] = {}
        self._area, self._label, self._select = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in given:
            self._input(given)
        elif tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = [""]
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = [given["value"]]
        elif tag == "label":
            self._label = given["for"]
            self.labels[self._label] = ""

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"radio", "checkbox"}:
            self.values[given["id"]] = (given["name"], given["value"])
        if kind not in {"radio", "checkbox", "file"} or "checked" in given:
            self.fields.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "label":
            self._label = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data.removeprefix("\n")
        if self._label:
            self.labels[self._label] += data


class Page:
    """An answer with its form."""

    def __init__(self, response: Any) -> None:
        self.status, self.html = response.status_code, response.content.decode()
        self._form = _Form()
        self._form.feed(self.html)
        self.fields = {name: list(values) for name, values in self._form.fields.items()}
        self.fields.pop("code", None)  # the door of the exercise at the head of each page

    def choose(self, words: str, *, nth: int = 0) -> str:
        """Make the choice whose label has these words; gives the key of its point."""
        found = [id_ for id_, label in self._form.labels.items() if words in label and id_ in self._form.values]
        assert found, (words, self._form.labels)
        name, value = self._form.values[found[nth]]
        if name.startswith("how-"):
            self.fields[name] = [value]
        else:
            self.fields.setdefault(name, []).append(value)
        return name.partition("-")[2]

    def chosen(self) -> list[str]:
        """The labels of all choices that are made and are not “still open”."""
        return [
            " ".join(self._form.labels[id_].split())
            for id_, (name, value) in self._form.values.items()
            if name.startswith("how-") and value != "open" and self.fields.get(name) == [value]
        ]

    def send(self, client: Any, action: str, to: str = DESK, **more: Any) -> "Page":
        """Press a button."""
        return Page(client.post(to, {**self.fields, "action": action, **more}))


def page(client: Any, address: str = DESK) -> Page:
    return Page(client.get(address))
