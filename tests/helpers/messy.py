"""Writes records as YAML in a hundred ways, with comments wherever one may stand."""

import json
from random import Random
from typing import Any

from mali_chrono.edit.scalars import is_plain

WORDS = ("see", "é 😀", "a: b", "- x", "#", "[1, {", "it's", '"')


class Messy:
    """One way to write a file; `comments` are those that were put into it, in the order in which they stand."""

    def __init__(self, random: Random, likely: float) -> None:
        self.random, self.likely = random, likely
        self.comments: list[str] = []
        self.indents = random.choice([2, 2, 3, 4])
        self.hangs = random.random() < 0.3  # the dashes of a list stand under the name of its field

    def chance(self, likely: float = 0.5) -> bool:
        return self.random.random() < likely

    def comment(self) -> str:
        self.comments.append(f"# {self.random.choice(WORDS)} {len(self.comments)}")
        return self.comments[-1]

    def beside(self) -> str:
        return f"{self.random.choice(['  ', '   ', chr(9)])}{self.comment()}" if self.chance(self.likely) else ""

    def above(self, indent: int) -> str:
        """Some lines of comments, some of nothing."""
        lines = ""
        for _ in range(self.random.randrange(3) if self.chance(self.likely) else 0):
            lines += "\n" * self.random.randrange(3) + " " * indent + self.comment() + "\n"
        return lines + "\n" * (self.random.randrange(2) if self.chance(0.2) else 0)

    def list_file(self, records: list[dict[str, Any]]) -> str:
        text = "---\n" if self.chance(0.2) else ""
        dash = self.random.choice([0, 0, 0, 1, 3])
        for record in records:
            text += self.above(dash) + self.item(record, dash)
        return text + self.above(dash)

    def map_file(self, record: dict[str, Any]) -> str:
        return ("---\n" if self.chance(0.2) else "") + self.map(record, 0) + self.above(0)

    def item(self, value: dict[str, Any], indent: int) -> str:
        """A map after a dash."""
        if self.chance(0.15):
            return " " * indent + "- " + self.flow(value, indent + 2) + self.beside() + "\n"
        if self.chance(0.15):
            return " " * indent + "-" + self.beside().replace("\t", " ") + "\n" + self.map(value, indent + 2)
        text = self.map(value, indent + 2, begins=False)
        return " " * indent + "- " + text[indent + 2 :]

    def map(self, value: dict[str, Any], indent: int, *, begins: bool = True) -> str:
        names = list(value)
        self.random.shuffle(names)
        text = ""
        for name in names:
            text += self.above(indent) if text or begins else ""
            key = name if self.chance(0.9) else f'"{name}"'
            text += " " * indent + key + ":" + self.value(value[name], indent)
        return text + (self.above(indent) if indent else "")

    def value(self, value: Any, indent: int) -> str:
        """What stands after a name's colon."""
        if isinstance(value, str):
            return self.text(value, indent)
        if not value or self.chance(0.4):
            gap = " " if self.chance(0.8) else self.beside() + "\n" + " " * (indent + 2)
            return gap + self.flow(value, indent + 2) + self.beside() + "\n"
        inner = indent + self.indents
        if isinstance(value, dict):
            return self.beside() + "\n" + self.map(value, inner)
        inner = indent if self.hangs else inner
        text = self.beside() + "\n"
        for member in value:
            text += self.above(inner)
            text += (
                " " * inner + "-" + self.text(member, inner) if isinstance(member, str) else self.item(member, inner)
            )
        return text

    def text(self, text: str, indent: int) -> str:
        """A text in a block, after its name or dash."""
        style = self.random.choice(["plain", "'", '"', ">-", ">", "|", "|-"])
        if style in (">-", ">", "|", "|-") and text.strip() == text != "" and "\n" not in text:
            pad = " " * (indent + 2)
            broken = text.replace(" ", f"\n{pad}", 1) if style[0] == ">" and "  " not in text else text
            return f" {style}{self.beside()}\n{pad}{broken}\n" + "\n" * self.random.randrange(2)
        if style == "plain" and is_plain(text):
            if " " in text and "  " not in text and self.chance():
                text = text.replace(" ", "\n" + " " * (indent + 1), 1)
            return f" {text}{self.beside()}\n"
        return f" {self.quoted(text)}{self.beside()}\n"

    def quoted(self, text: str) -> str:
        if "\n" in text or self.chance():
            return json.dumps(text, ensure_ascii=self.chance())
        return "'" + text.replace("'", "''") + "'"

    def flow(self, value: Any, indent: int) -> str:
        """A value in brackets, perhaps over several lines."""
        if isinstance(value, str):
            return value if is_plain(value, flow=True) and self.chance() else self.quoted(value)
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        names = list(value) if isinstance(value, dict) else range(len(value))
        wide = self.chance(0.3)
        text = opening
        for number, name in enumerate(names):
            text += self.gap(indent, wide=wide)
            text += f"{name}: " if isinstance(value, dict) else ""
            text += self.flow(value[name], indent + 2)
            last = number == len(names) - 1
            text += self.gap(indent, wide=wide and self.chance(0.2)) + ("" if last and self.chance(0.8) else ",")
        return text + self.gap(indent, wide=wide) + closing

    def gap(self, indent: int, *, wide: bool) -> str:
        if not wide:
            return self.random.choice(["", " "])
        return self.beside() + "\n" + self.above(indent) + " " * indent
