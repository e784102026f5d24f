"""What becomes of a form while Redis is gone or hangs."""

import pytest

from clinicsite.home.contact.throttling import MOST_OF_A_SENDER
from clinicsite.home.models import ContactMessage
from tests.home.contact.contact_forms import MESSAGE
from tests.redis_server import RedisServer


@pytest.mark.parametrize("fail", [RedisServer.kill, RedisServer.hang])
def test_a_patients_words_are_stored(redis, send, fail):
    fail(redis)
    assert send(MESSAGE).status_code == 302
    assert ContactMessage.objects.get().message == MESSAGE["message"]


def test_one_sender_is_still_counted_by_each_process(redis, send, time_machine_at):
    redis.kill()
    answers = [send(MESSAGE | {"message": f"Message {n}"}).status_code for n in range(MOST_OF_A_SENDER + 1)]
    assert answers == [302] * MOST_OF_A_SENDER + [429]
