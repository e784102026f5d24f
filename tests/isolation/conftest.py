import logging
import os

import pytest

from tests.isolation.crawl import keys
from tests.isolation.crawl.crawling import Crawl
from tests.isolation.crawl.people import control
from tests.isolation.crawl.world import build_world


@pytest.fixture(scope="module")
def crawl(kept_database):
    """A crawl of two clinics, made once for a module: `LEAKS=all` asks for everything as everybody."""
    world = build_world()
    # Cuts of pictures are made for whoever looks first, and would be other ones for each request.
    everything = control()
    for address in ("/admin/images/", "/admin/images/chooser/", "/admin/documents/"):
        everything.browser().get(address)
    # Thousands of answers that something is not there are no news.
    logging.disable(logging.CRITICAL)
    yield Crawl(world, everything, is_whole=os.environ.get("LEAKS") == "all")
    logging.disable(logging.NOTSET)
    keys.go_on_as_before()
