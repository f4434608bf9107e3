"""The scripts that let a shell ask chrono what may follow, and where they are put."""

import os
from pathlib import Path

from mali_chrono.cli.completion import SHELLS
from mali_chrono.cli.files import write_file
from mali_chrono.errors import DataError, UsageError, offer
from mali_chrono.paths import is_file, is_folder
from mali_chrono.text import visible

# Each asks with _CHRONO_COMPLETE and _CHRONO_LINE and reads what `tab.write_tab` writes; none evaluates any of it.
_BASH = r"""
_chrono_complete() {
    local line
    local -a lines=()
    while IFS= read -r line; do
        lines+=("$line")
    done < <(_CHRONO_COMPLETE=bash _CHRONO_LINE="${COMP_LINE:0:COMP_POINT}" _CHRONO_BREAKS="$COMP_WORDBREAKS" \
        "${1/#\~\//$HOME/}" 2>/dev/null)
    case "${lines[0]}" in
        *files*) compopt -o default ;;
        *folders*) compopt -o dirnames ;;
        *open*) compopt -o nospace ;;
    esac
    COMPREPLY=("${lines[@]:1}")
}
complete -F _chrono_complete chrono
"""
_ZSH = r"""
#compdef chrono
_chrono() {
    local line
    local -a lines values shown options
    lines=("${(@f)$(
        _CHRONO_COMPLETE=zsh _CHRONO_LINE="${(j: :)words[1,CURRENT]}" "${words[1]/#\~\//$HOME/}" 2>/dev/null
    )}")
    case "$lines[1]" in
        *files*) _files; return ;;
        *folders*) _files -/; return ;;
        *open*) options=(-S '') ;;
    esac
    for line in "${(@)lines[2,-1]}"; do
        values+=("${line%%$'\t'*}")
        shown+=("${line#*$'\t'}")
    done
    (( $#values )) || return 1
    compadd -l -U -V chrono "${options[@]}" -d shown -a values
    [[ "$lines[1]" == *menu* ]] && compstate[insert]=menu
    return 0
}
if [[ "$funcstack[1]" == _chrono ]]; then
    _chrono "$@"
else
    compdef _chrono chrono
fi
"""
_FISH = r"""
function __chrono_complete
    set -l program (commandline -opc)[1]
    set program (string replace -r '^~/' "$HOME/" -- $program)
    set -lx _CHRONO_COMPLETE fish
    set -lx _CHRONO_LINE (commandline -cp | string collect)
    set -l lines ($program 2>/dev/null)
    switch "$lines[1]"
        case '*files*'
            __fish_complete_path (commandline -ct)
        case '*folders*'
            __fish_complete_directories (commandline -ct) ''
        case '*'
            set -e lines[1]
            string join \n -- $lines
    end
end
complete -c chrono -f -k -a '(__chrono_complete)'
"""
_POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName chrono -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $Env:_CHRONO_COMPLETE = 'powershell'
    $Env:_CHRONO_LINE = $commandAst.ToString().PadRight($length).Substring(0, $length)
    & chrono 2>$null | Select-Object -Skip 1 | ForEach-Object {
        $value, $told = $_ -split "`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $told)
    }
    Remove-Item Env:_CHRONO_COMPLETE, Env:_CHRONO_LINE
}
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL, "pwsh": _POWERSHELL}
AUTO = "auto"


def script_for(shell: str) -> str:
    """The script of a shell, `auto` for the one that runs. Raises UsageError."""
    return _SCRIPTS[_known(shell)].lstrip()


def _known(shell: str) -> str:
    name = detect_shell() if shell == AUTO else shell
    if name not in _SCRIPTS:
        told = f"completion knows no shell '{name}'" if name else "completion cannot tell which shell this is"
        raise UsageError(f"{told}: {offer(name, SHELLS, 1)}")
    return name


def detect_shell() -> str:
    """The shell that runs us: the nearest among the processes above, else $SHELL's name; empty where there is none."""
    process = os.getppid()
    for _ in range(6):
        try:
            name = Path(f"/proc/{process}/comm").read_text("utf-8").strip()
            stat = Path(f"/proc/{process}/stat").read_text("utf-8")
        except (OSError, ValueError):
            break
        if name in _SCRIPTS:
            return name
        process = int(stat.rpartition(")")[2].split()[1])
    return Path(os.environ.get("SHELL", "")).name


def install(shell: str) -> str:
    """Put the script of a shell where it finds it; what to say. Raises UsageError, and DataError where it cannot."""
    name = _known(shell)
    script = script_for(name).encode()
    if name == "bash":
        path = _home() / ".bash_completions" / "chrono.sh"
        _put(path, script)
        quoted = str(path).replace("'", r"'\''")
        _append(_home() / ".bashrc", f"source '{quoted}'")
    elif name == "zsh":
        path = _home() / ".zfunc" / "_chrono"
        _put(path, script)
        _append(_home() / ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit")
    elif name == "fish":
        # An XDG path that is not absolute is to be ignored (XDG Base Directory Specification).
        chosen = os.environ.get("XDG_CONFIG_HOME", "")
        config = Path(chosen) if chosen.startswith("/") else _home() / ".config"
        path = config / "fish" / "completions" / "chrono.fish"
        _put(path, script)
    else:
        raise UsageError("add what `chrono --show-completion powershell` writes to the file that $PROFILE names")
    return f"completion for {name} is in {visible(str(path))}; the next terminal has it"


def _home() -> Path:
    """The user's own folder. Raises DataError where $HOME names none: of an empty one Python makes `/`."""
    try:
        home = Path.home()
    except RuntimeError:
        home = Path()
    if not Path(os.environ.get("HOME", home)).is_absolute() or not is_folder(home):
        raise DataError("cannot install the completion: $HOME names no folder")
    return home


def _put(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    except OSError as fault:
        raise DataError(f"cannot write '{path}': {fault.strerror or fault}") from None


def _append(path: Path, line: str) -> None:
    """Add a line to a file unless it has it."""
    content, added = path.read_bytes() if is_file(path) else b"", os.fsencode(line)
    if added not in content:
        start = b"\n" if content and not content.endswith(b"\n") else b""
        _put(path, content + start + added + b"\n")
