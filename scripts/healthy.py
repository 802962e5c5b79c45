"""Whether the web chat answers on its port: exit code 0 if it does. The container asks every 30 s.

QA_PORT=7860 python scripts/healthy.py
"""

import os
import sys
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

SECONDS = 5


def healthy(port: int) -> bool:
    """Whether this machine's `port` answers; that it asks for a password is an answer too."""
    opener = build_opener(ProxyHandler({}))  # no proxy stands between a machine and itself
    try:
        with opener.open(f"http://127.0.0.1:{port}/", timeout=SECONDS) as response:
            return bool(response.status == 200)
    except HTTPError as error:
        return error.code == 401
    except (URLError, TimeoutError, ConnectionError):
        return False


if __name__ == "__main__":
    sys.exit(not healthy(int(os.environ.get("QA_PORT", "7860"))))
