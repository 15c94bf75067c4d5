"""What a client does, on any kernel."""
from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from opora import (
    Client,
    Closed,
    ConsumerNotFound,
    EpochMismatch,
    InvalidParams,
    MethodNotFound,
    NoKernel,
    OporaError,
    RequestTooLarge,
    Unreachable,
)
from scenarios_consumer import until
from subjects import Subject


def errors_are_typed(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        with pytest.raises(ConsumerNotFound) as missing:
            client.consumer.info(name="nobody")
        assert (missing.value.code, missing.value.data_code, missing.value.retryable) == (1012, "consumer_not_found", False)
        with pytest.raises(EpochMismatch):
            client.events.read(after_seq=0, epoch=99)
        with pytest.raises(InvalidParams) as unknown:
            client.call("consumer.info", {"name": "x", "nmae": "y"})
        assert unknown.value.details[0]["path"] == "/nmae"
        with pytest.raises(MethodNotFound):
            client.call("ticket.frobnicate")
        with pytest.raises(RequestTooLarge):
            client.ticket.create(subject="x", text="x" * 1_100_000)
        with pytest.raises(InvalidParams):
            client.call("ping", {"x": object()})


def a_kernel_that_restarts_is_waited_for(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        assert client.ping()["pong"]
        subject.crash()
        starting = threading.Timer(0.3, subject.start)
        starting.start()
        assert client.ping()["pong"]
        starting.join()


def without_patience_it_is_an_error_at_once(subject: Subject) -> None:
    with Client(location=subject.location, patience=0) as client:
        assert client.ping()["pong"]
        subject.crash()
        with pytest.raises((Unreachable, NoKernel)):
            while True:
                client.ping()
        subject.start()
        assert client.ping()["pong"]


def what_a_crash_interrupts_is_done_once(subject: Subject) -> None:
    with Client(location=subject.location, timeout=60) as client, ThreadPoolExecutor(8) as pool:
        made = [pool.submit(client.ticket.create, subject=f"Ticket {number}") for number in range(400)]
        for share in (0.1, 0.3, 0.6):
            until(lambda: sum(future.done() for future in made) > share * len(made))
            subject.crash()
            subject.start()
        tickets = {future.result()["ticket"]["id"] for future in made}
        assert len(tickets) == 400
        created: list[str] = []
        after = 0
        while page := client.events.read(after_seq=after, limit=500, types=["ticket.created"]):
            if not page["events"]:
                break
            created += [item["event"]["subject"] for item in page["events"]]
            after = page["next_after_seq"]
        assert sorted(created) == sorted(f"ticket/{ticket}" for ticket in tickets)


def a_key_has_one_effect(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        first = client.ticket.create(subject="Once", idempotency_key="once")
        second = client.ticket.create(subject="Once", idempotency_key="once")
        assert first["ticket"]["id"] == second["ticket"]["id"] and second["_meta"]["replayed"]
        with pytest.raises(OporaError) as reused:
            client.ticket.create(subject="Twice", idempotency_key="once")
        assert reused.value.data_code == "idempotency_key_reused"


def many_calls_share_a_connection(subject: Subject) -> None:
    with Client(location=subject.location, timeout=60) as client, ThreadPoolExecutor(32) as pool:
        found = list(pool.map(lambda number: client.events.read(after_seq=number)["next_after_seq"], range(2000, 4000)))
        assert found == list(range(2000, 4000))


def a_closed_client_says_so(subject: Subject) -> None:
    client = Client(location=subject.location)
    client.ping()
    waiting: list[BaseException] = []

    def wait() -> None:
        try:
            client.events.read(after_seq=10**6, wait_ms=20_000)
        except OporaError as error:
            waiting.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    client.ping()
    client.close()
    thread.join(10)
    assert isinstance(waiting[0], Closed)
    with pytest.raises(Closed):
        client.ping()


SCENARIOS = [
    errors_are_typed, a_kernel_that_restarts_is_waited_for, without_patience_it_is_an_error_at_once,
    what_a_crash_interrupts_is_done_once, a_key_has_one_effect, many_calls_share_a_connection, a_closed_client_says_so,
]
