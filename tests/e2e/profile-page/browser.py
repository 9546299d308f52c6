"""A headless Chromium, driven over chromedriver's HTTP interface (W3C WebDriver)
with nothing but the standard library.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


class Browser:
    """with Browser() as browser: browser.open(path); browser.js("return 1")"""

    def __init__(self, width=1280, height=900):
        self.width, self.height = width, height

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="tatami-page-")
        self.log = open(os.path.join(self.folder, "chromedriver.log"), "w+")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=self.log, stderr=subprocess.STDOUT)
        self.base = f"http://127.0.0.1:{self._port()}"
        self.session = None
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _port(self):
        for _ in range(200):
            with open(self.log.name) as log:
                found = re.search(r"started successfully on port (\d+)", log.read())
            if found:
                return int(found[1])
            time.sleep(0.05)
        raise RuntimeError("chromedriver does not start")

    def _start(self):
        arguments = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-dev-shm-usage",
                     "--disable-background-networking", "--force-device-scale-factor=1",
                     f"--user-data-dir={self.folder}/profile", f"--window-size={self.width},{self.height}"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = "/session/" + answer["sessionId"]
        self._call("POST", self.session + "/url", {"url": "about:blank"})
        self.logs("performance")  # What the browser's own first page has asked for.
        self.cdp("Emulation.setDeviceMetricsOverride", width=self.width, height=self.height, deviceScaleFactor=1, mobile=False)

    def __exit__(self, *_):
        if self.session:
            try:
                self._call("DELETE", self.session)
            except (OSError, RuntimeError):
                pass
        self.driver.terminate()
        self.driver.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=50) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].split("\n")[0]) from None

    def cdp(self, command, **parameters):
        return self._call("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def js(self, script, *arguments):
        return self._call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def open(self, path):
        """Until the page says that it is complete. Returns the seconds it took."""
        begin = time.monotonic()
        self._call("POST", self.session + "/url", {"url": "file://" + os.path.abspath(path)})
        self.wait("document.documentElement.dataset.ready === 'true'", "the page does not say that it is ready")
        return time.monotonic() - begin

    def wait(self, condition, message, seconds=10):
        end = time.monotonic() + seconds
        while not self.js("return " + condition):
            if time.monotonic() > end:
                raise AssertionError(message)
            time.sleep(0.05)

    def logs(self, kind):
        return self._call("POST", self.session + "/se/log", {"type": kind})

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.cdp("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                     windowsVirtualKeyCode={"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowRight": 39, "Tab": 9}[key])

    def picture(self, section, path):
        """One section as PNG."""
        import base64
        top, height = self.js("const r = document.getElementById(arguments[0]).getBoundingClientRect();"
                              "return [r.top + scrollY, r.height]", section)
        png = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                       clip={"x": 0, "y": top, "width": self.width, "height": height, "scale": 1})
        with open(path, "wb") as out:
            out.write(base64.b64decode(png["data"]))
