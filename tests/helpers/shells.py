"""Real shells on a pseudo-terminal: what stands on their command line after a Tab, and what they list."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from pathlib import Path

# Ctrl-G writes the command line between marks; nothing is ever run by it.
_STARTS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        r"""bind 'set enable-bracketed-paste off'; bind 'set page-completions off'; bind 'set completion-query-items 0'
PS1='$ '; source {script}; bind -x '"\C-g": printf "<<%s>>\n" "$READLINE_LINE"'""",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        r"""unset zle_bracketed_paste; LISTMAX=9999; autoload -Uz compinit; compinit -u -d {folder}/.dump
PS1='$ '; source {script}; _say() {{ print -r -- "<<$BUFFER>>" }}; zle -N _say; bindkey '^G' _say""",
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        r"""function fish_prompt; echo '$ '; end
source {script}; bind \cg 'printf "<<%s>>\n" (commandline)'""",
    ),
}


class Shell:
    """One shell in a folder of its own, with the completion of chrono."""

    def __init__(self, name: str, script: str, folder: Path, env: dict[str, str]) -> None:
        command, start = _STARTS[name]
        self.program = command[:-1]
        file = folder / "completion"
        file.write_text(script)
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 160, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )  # fmt: skip
        os.close(theirs)
        self.read(rb"[$#%>] ", 5)
        self.send(start.format(script=file, folder=folder) + "\r")
        for _ in range(40):
            self.send("\x07")
            if b"<<>>" in self.read(rb"<<>>", 0.5):
                break
        self.read(rb"<<never", 0.3)

    def send(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def read(self, until: bytes, seconds: float) -> bytes:
        """What the shell shows until a pattern, or until it has been long enough."""
        shown, end = b"", time.monotonic() + seconds
        while time.monotonic() < end and not re.search(until, shown):
            if select.select([self.ours], [], [], 0.05)[0]:
                part = os.read(self.ours, 65536)
                shown += part
                if b"\x1b[c" in part or b"\x1b[0c" in part:  # fish asks what terminal this is
                    self.send("\x1b[?6c")
                if b"\x1b[6n" in part:
                    self.send("\x1b[1;1R")
        return shown

    def tab(self, line: str, tabs: int = 1) -> tuple[str, str]:
        """The command line after Tabs, and everything that was shown; the line is cleared."""
        self.send(line)
        shown = b""
        for _ in range(tabs - 1):
            self.send("\t")
            shown += self.read(rb"<<never", 1.5)
        self.send("\t\x07")
        shown += self.read(rb"<<(.|\n)*?>>", 20)
        self.send("\x05\x15")
        self.read(rb"<<never", 0.1)
        text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()=>].?", "", shown.decode(errors="replace").replace("\r\n", "\n"))
        match = re.search(r"<<((?:.|\n)*?)>>", text)
        return (match[1] if match else "?"), text

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)
