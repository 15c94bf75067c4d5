"""What a live tail does, on any kernel."""
from __future__ import annotations

import asyncio
import threading

import pytest
from opora import AsyncClient, AsyncConsumer, AsyncTail, Client, EpochMismatch, Place, Tail
from opora.testing import LossyBus
from subjects import Subject


def taken(tail: Tail, count: int) -> list[int]:
    """The positions of the next events."""
    found: list[int] = []
    while len(found) < count:
        event = tail.next()
        assert event is not None
        found.append(event.seq)
    return found


def it_gives_what_happens_from_now_on(subject: Subject) -> None:
    subject.tickets(2)
    with Client(location=subject.location) as client, Tail(client, streams=["ticket"]) as tail:
        subject.noise(1)
        seqs = subject.tickets(3)
        assert taken(tail, 3) == seqs


def it_gives_the_whole_log(subject: Subject) -> None:
    seqs = subject.tickets(3)
    subject.noise(2)
    with Client(location=subject.location) as client:
        head = client.events.read(after_seq=0)["head_seq"]
        with Tail(client, after=0) as tail:
            assert taken(tail, head) == list(range(1, head + 1))
        with Tail(client, streams=["ticket", "message"], after=0) as tail:
            assert taken(tail, 3) == seqs
        with Tail(client, types=["organization.created"], after=0) as tail:
            assert [tail.next().type for _ in range(2)] == ["organization.created"] * 2  # type: ignore[union-attr]


def a_bus_that_loses_and_doubles_is_repaired(subject: Subject) -> None:
    with LossyBus(subject.location, lambda topic, header: (1, 0, 2, 1, 0)[header.seq % 5]) as lossy:
        for streams in ([], ["ticket"]):
            with Client(location=lossy.location) as client, Tail(client, streams=streams) as tail:
                seqs: list[int] = []
                for _ in range(5):
                    seqs += subject.tickets(4)
                    subject.noise(1)
                found: list[int] = []
                while seqs[-1] not in found:
                    found += taken(tail, 1)
                assert [seq for seq in found if seq in seqs] == seqs
                assert streams or found == list(range(found[0], found[0] + len(found)))


def the_loss_of_the_last_message_is_noticed(subject: Subject) -> None:
    with LossyBus(subject.location, lambda topic, header: 0) as lossy:
        with Client(location=lossy.location) as client, Tail(client, streams=["ticket"]) as tail:
            seqs = subject.tickets(1)
            assert taken(tail, 1) == seqs


def it_waits_for_a_kernel_that_is_away(subject: Subject) -> None:
    with Client(location=subject.location) as client, Tail(client, streams=["ticket"]) as tail:
        seqs = subject.tickets(1)
        assert taken(tail, 1) == seqs
        subject.crash()
        subject.start()
        seqs = subject.tickets(2)
        assert taken(tail, 2) == seqs


def an_event_whose_handler_failed_comes_again(subject: Subject) -> None:
    with Client(location=subject.location) as client, Tail(client, streams=["ticket"]) as tail:
        seqs = subject.tickets(3)
        seen: list[int] = []
        with pytest.raises(ZeroDivisionError):
            for event in tail:
                seen.append(event.seq)
                if event.seq == seqs[1]:
                    raise ZeroDivisionError
        assert tail.place.seq == seqs[0]
        for event in tail:
            seen.append(event.seq)
            if event.seq == seqs[2]:
                break
        assert seen == [seqs[0], seqs[1], seqs[1], seqs[2]]


def a_place_can_be_kept(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        with Tail(client, streams=["ticket"]) as tail:
            seqs = subject.tickets(2)
            taken(tail, 1)
            tail.next()
            place = tail.place
        assert place == Place(1, seqs[0])
        with Tail(client, streams=["ticket"], after=place) as tail:
            assert taken(tail, 1) == seqs[1:]
        with pytest.raises(EpochMismatch):
            Tail(client, after=Place(7, 1))


def another_history_is_noticed(subject: Subject) -> None:
    with Client(location=subject.location) as client, Tail(client) as tail:
        subject.tickets(1)
        tail.next()
        subject.new_epoch()
        with pytest.raises(EpochMismatch):
            for _ in tail:
                pass


def closing_ends_the_loop(subject: Subject) -> None:
    with Client(location=subject.location) as client, Tail(client) as tail:
        closing = threading.Timer(0.2, tail.close)
        closing.start()
        assert tail.next() is None and list(tail) == []
        closing.join()


def all_of_it_works_in_coroutines(subject: Subject) -> None:
    async def run() -> None:
        async with AsyncClient(location=subject.location) as client:
            async with AsyncTail(client, streams=["ticket"]) as tail:
                async with AsyncConsumer(client, "coroutine", start="now", streams=["ticket"]) as consumer:
                    seqs = await asyncio.to_thread(subject.tickets, 3)
                    found: list[int] = []
                    async for event in tail:
                        found.append(event.seq)
                        if len(found) == 3:
                            break
                    assert found == seqs
                    async for batch in consumer:
                        assert [event.seq for event in batch] == seqs
                        await consumer.ack()
                        break
                    assert await consumer.lag() == 0
                    waiting = asyncio.ensure_future(consumer.next())
                    await asyncio.sleep(0)
                    consumer.close()
                    assert await waiting is None
                answers = await asyncio.gather(*(client.ping() for _ in range(500)))
                assert all(answer["pong"] for answer in answers)
                late = asyncio.ensure_future(client.events.read(after_seq=10**9, wait_ms=20_000))
                await client.ping()
                late.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await late
                assert (await client.ping())["pong"]

    asyncio.run(run())


SCENARIOS = [
    it_gives_what_happens_from_now_on, it_gives_the_whole_log, a_bus_that_loses_and_doubles_is_repaired,
    the_loss_of_the_last_message_is_noticed, it_waits_for_a_kernel_that_is_away, an_event_whose_handler_failed_comes_again,
    a_place_can_be_kept, another_history_is_noticed, closing_ends_the_loop, all_of_it_works_in_coroutines,
]
