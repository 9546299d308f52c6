#!/usr/bin/env python3
"""Size of a profile's page and how long a browser takes to open it, beside an
empty page in the same browser.
usage: run.py PAGE.html...
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"""
import os
import statistics
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/e2e/profile-page"))
from browser import Browser  # noqa: E402

RUNS = 7


def seconds(browser, page):
    """Median and least, from asking for the page until it says that it is ready."""
    times = [browser.open(page) for _ in range(RUNS)]
    return statistics.median(times), min(times)


with tempfile.NamedTemporaryFile("w", suffix=".html") as empty, Browser() as browser:
    empty.write("<!doctype html><html data-ready=true><title>empty</title>")
    empty.flush()
    base, least = seconds(browser, empty.name)
    print(f"{'page':40} {'MB':>6} {'median s':>9} {'least s':>8}")
    print(f"{'(empty)':40} {0:6.2f} {base:9.2f} {least:8.2f}")
    for page in sys.argv[1:]:
        median, least = seconds(browser, page)
        print(f"{os.path.basename(page):40} {os.path.getsize(page) / 1e6:6.2f} {median:9.2f} {least:8.2f}")
