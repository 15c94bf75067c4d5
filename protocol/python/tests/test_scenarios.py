"""The scenarios on the fake kernel. The project's own tests run them on a real one too."""
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import scenarios_client
import scenarios_consumer
import scenarios_plugin
import scenarios_tail
from subjects import FakeSubject, Subject


@pytest.fixture
def subject() -> Iterator[FakeSubject]:
    fake = FakeSubject()
    yield fake
    fake.close()


ALL = [
    *scenarios_client.SCENARIOS, *scenarios_consumer.SCENARIOS, *scenarios_plugin.SCENARIOS, *scenarios_tail.SCENARIOS,
]


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.__name__)
def test_on_the_fake_kernel(scenario: Callable[[Subject], None], subject: FakeSubject) -> None:
    scenario(subject)
