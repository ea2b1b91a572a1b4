"""The child's side: limit ourselves first, then load the decoder, read the content, answer once.

Run as `python -m kentongan.edge.decoding.child DECODER OPTIONS MEMORY SECONDS`. The answer on standard output
is one line of JSON and then the bytes of the files. No Django, no database, no settings.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

Decoded = tuple[dict[str, Any], list[bytes]]


class Refused(Exception):
    """The content is not what we open; carries a code of the catalogue and the values of its sentence."""

    def __init__(self, problem: str, **values: object) -> None:
        super().__init__(problem)
        self.problem, self.values = problem, values


def limit_ourselves(*, memory: int, seconds: int) -> None:
    """Before any decoder is loaded: memory, processor time, no files written, few opened. POSIX only."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def load(name: str) -> Callable[..., Decoded]:
    if name == "picture":
        from kentongan.edge.decoding.pictures import decode_picture

        return decode_picture
    if name == "letter":
        from kentongan.edge.decoding.letters import decode_letter

        return decode_letter
    if name == "word_template":
        from kentongan.edge.decoding.word_templates import decode_word_template

        return decode_word_template
    raise Refused("edge.image_type_refused")


def main(name: str, options: str, memory: str, seconds: str) -> None:
    limit_ourselves(memory=int(memory), seconds=int(seconds))
    files: list[bytes] = []
    try:
        content = sys.stdin.buffer.read()
        facts, files = load(name)(content, **json.loads(options))
        said: dict[str, Any] = {"facts": facts, "sizes": [len(file) for file in files]}
    except Refused as refused:
        said = {"problem": refused.problem, "values": refused.values}
    except MemoryError:
        said = {"problem": "edge.decoding_stopped", "values": {"why": f"{int(memory) // 1024**2} MB"}}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(files))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    # The decoders import `Refused` by the module's real name: run under that one, not as `__main__`.
    from kentongan.edge.decoding import child  # noqa: PLW0406

    child.main(*sys.argv[1:5])
