"""Codes that a phone's camera reads, drawn as pictures for paper and screen."""

import io

import segno


def svg(target: str, *, error: str = "q") -> str:
    """A QR code as SVG. `error` is how much of it may be lost: "m" a seventh, "q" a quarter."""
    drawn = io.BytesIO()
    segno.make(target, error=error, micro=False).save(
        drawn, kind="svg", xmldecl=False, nl=False, border=2
    )
    return drawn.getvalue().decode()
