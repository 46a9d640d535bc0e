"""Codes that a phone's camera reads, drawn as pictures for paper and screen."""

import io

import segno


def svg(target: str) -> str:
    """A QR code as SVG, read from two metres on a poster; a quarter of it may be lost."""
    drawn = io.BytesIO()
    segno.make(target, error="q", micro=False).save(
        drawn, kind="svg", xmldecl=False, nl=False, border=2
    )
    return drawn.getvalue().decode()
