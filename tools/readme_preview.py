"""Take the README's picture of the preview: the sample issue in Chromium, one paragraph chosen.

``make screenshot`` runs ``python tools/readme_preview.py``; it needs Playwright and Chromium.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ISSUE = Path(__file__).parents[1] / "issues" / "2026-11-25"
SIZE = (1280, 800)
PATIENCE = 300_000
"""Milliseconds."""
PAGE = 4


def main() -> None:
    """Draw ``docs/preview.png``."""
    command = [sys.executable, "-P", "-m", "typeset", "preview", str(ISSUE), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        address = re.search(r"http://\S+", server.stderr.readline())
        assert address
        shot = _shoot(address[0])
    finally:
        server.kill()
        server.wait()
    target = Path(__file__).parents[1] / "docs" / "preview.png"
    # Few colors make a small file, and those that cover most of the picture keep their hue.
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE).save(
        target, optimize=True
    )
    print(target)


def _shoot(address: str) -> bytes:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.goto(f"{address}#page={PAGE}")
        page.wait_for_selector("html[data-revision='1']", timeout=PATIENCE)
        for key in ("s", "t"):
            page.keyboard.press(key)
        page.get_by_role("button", name=f"Page {PAGE}", exact=True).click()
        for _ in range(4):
            page.keyboard.press("]")
        page.wait_for_timeout(3000)  # thumbnails come one by one
        shot = page.screenshot()
        chromium.close()
    return shot


if __name__ == "__main__":
    main()
