"""What a durable consumer does, on any kernel."""
from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from opora import AsyncClient, AsyncConsumer, Client, Consumer, ConsumerDiffers, EpochMismatch, LeaseLost, _consumer
from subjects import Subject

LEASE_MS = 31_000


def taken(consumer: Consumer, count: int) -> list[int]:
    """The positions of the next events, each batch dealt with."""
    found: list[int] = []
    while len(found) < count:
        batch = consumer.next()
        assert batch is not None
        found += [event.seq for event in batch]
    return found


def goes_on_where_it_stopped(subject: Subject) -> None:
    first = subject.tickets(5)
    with Client(location=subject.location) as client:
        with Consumer(client, "goes-on", start="beginning", streams=["ticket"]) as consumer:
            assert taken(consumer, 5) == first
            consumer.close()
            assert consumer.next() is None
        more = subject.tickets(5)
        subject.crash()
        subject.start()
        with Consumer(client, "goes-on", start="beginning", streams=["ticket"]) as consumer:
            assert taken(consumer, 5) == more


def what_was_not_dealt_with_comes_again(subject: Subject) -> None:
    seqs = subject.tickets(3)
    with Client(location=subject.location) as client:
        with Consumer(client, "again", start="beginning", streams=["ticket"]) as consumer:
            with pytest.raises(ZeroDivisionError):
                for batch in consumer:
                    ids = [event.id for event in batch]
                    assert [event.deliveries for event in batch] == [1, 1, 1]
                    raise ZeroDivisionError
            for batch in consumer:
                assert [event.seq for event in batch] == seqs
                assert [event.id for event in batch] == ids
                assert [event.deliveries for event in batch] == [2, 2, 2]
                break


def a_part_of_a_batch_can_be_acked(subject: Subject) -> None:
    seqs = subject.tickets(4)
    with Client(location=subject.location) as client:
        with Consumer(client, "part", start="beginning", streams=["ticket"]) as consumer:
            batch = next(iter(consumer))
            consumer.ack(batch.events[1])
            assert [event.seq for event in next(iter(consumer))] == seqs[2:]
            consumer.ack()
            assert client.consumer.info(name="part")["consumer"]["acked_seq"] >= seqs[-1]
            assert consumer.lag() == 0


def a_crash_loses_nothing_and_repeats_nothing_that_was_done(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        with Consumer(client, "crash", start="now", streams=["ticket"], max_events=2) as consumer:
            expected = subject.tickets(4)
            found = [event.seq for event in next(consumer)]
            subject.crash()
            subject.start()
            expected += subject.tickets(2)
            # The first batch was dealt with: its ack was lost with the lease, the work was not.
            assert found + taken(consumer, 4) == expected


def a_second_instance_stands_by(subject: Subject) -> None:
    seqs = subject.tickets(2)
    with Client(location=subject.location) as one, Client(location=subject.location) as two:
        first = Consumer(one, "standby", start="beginning", streams=["ticket"])
        batch = next(first)
        second = Consumer(two, "standby", start="beginning", streams=["ticket"])
        got: list[list[int]] = []
        waiting = threading.Thread(target=lambda: got.append([event.seq for event in next(second)]))
        waiting.start()
        until(lambda: second.holder)
        assert not got
        # As if the first process hung: its lease ends, and the second takes over.
        first.close()
        subject.advance(LEASE_MS)
        waiting.join(20)
        assert got == [seqs]
        with pytest.raises(LeaseLost):
            first.ack(batch.seq)
        assert batch.is_lost
        second.close()


def the_lease_is_kept_while_a_batch_is_dealt_with(subject: Subject) -> None:
    subject.tickets(1)
    with Client(location=subject.location) as client, pytest.MonkeyPatch.context() as patch:
        patch.setattr(_consumer, "RENEW", 0.05)
        with Consumer(client, "kept", start="beginning", streams=["ticket"]) as consumer:
            next(consumer)
            for _ in range(3):
                before = client.consumer.info(name="kept")["consumer"]["lease_until"]
                subject.advance(20_000)
                until(lambda: client.consumer.info(name="kept")["consumer"].get("lease_until", "") > before)
            consumer.ack()


def an_event_can_be_parked_and_tried_again(subject: Subject) -> None:
    seqs = subject.tickets(3)
    with Client(location=subject.location) as client:
        with Consumer(client, "park", start="beginning", streams=["ticket"]) as consumer:
            batch = next(iter(consumer))
            consumer.park(batch.events[1], "it can't be read")
            assert [event.seq for event in next(iter(consumer))] == [seqs[2]]
            consumer.ack()
            [parked] = consumer.parked()
            assert (parked["seq"], parked["reason"]) == (seqs[1], "it can't be read")
            # A try that fails leaves it parked, one that succeeds takes it away.
            for left in (1, 0):
                assert consumer.retry_parked() == 1
                again = consumer.next()
                assert again is not None and again.is_parked and [event.seq for event in again] == [seqs[1]]
                if left:
                    iter(consumer)
                subject.tickets(1)
                assert not next(consumer).is_parked
                assert len(consumer.parked()) == left
            consumer.close()


def a_coroutine_takes_away_what_it_dealt_with(subject: Subject) -> None:
    seqs = subject.tickets(3)

    async def run() -> list[int]:
        async with AsyncClient(location=subject.location) as client:
            async with AsyncConsumer(client, "take-away", start="beginning", streams=["ticket"]) as consumer:
                batch = await anext(consumer)
                for event in batch.events:
                    await consumer.park(event, "later")
                await consumer.retry_parked()
                again = await anext(aiter(consumer))
                assert again.is_parked and [event.seq for event in again] == seqs
                await consumer.drop_parked(seqs[0])
                # Whether somebody dropped it meanwhile or not.
                await consumer.take_away(again.events[0])
                await consumer.take_away(again.events[1])
                return [parked["seq"] for parked in await consumer.parked()]

    assert asyncio.run(run()) == [seqs[2]]


def what_nobody_can_deal_with_is_set_aside(subject: Subject) -> None:
    bad, good = subject.tickets(2)
    with Client(location=subject.location) as client:
        with Consumer(client, "worn", start="beginning", streams=["ticket"], max_deliver=3, wait_ms=200) as consumer:
            deliveries = []
            while True:
                batch = next(iter(consumer))
                if batch.events[0].seq != bad:
                    break
                deliveries.append(batch.events[0].deliveries)
                subject.advance(10_000)
            assert deliveries == [1, 2, 3]
            assert batch.events[0].seq == good
            assert consumer.parked()[0]["deliveries"] == 3
            assert consumer.drop_parked(bad) == 1 and consumer.parked() == []


def it_reads_what_it_asked_for(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        after = client.events.read(after_seq=0)["head_seq"]
        now = Consumer(client, "now", start="now", types=["organization.created"], wait_ms=200)
        seqs = subject.tickets(2)
        subject.noise(2)
        assert [event.type for event in next(now)] == ["organization.created"] * 2
        with Consumer(client, "after", start=after, streams=["ticket"]) as consumer:
            assert taken(consumer, 2) == seqs
        with Consumer(client, "since", start=datetime(2020, 1, 1, tzinfo=UTC), streams=["ticket"]) as consumer:
            assert taken(consumer, 2) == seqs
        with pytest.raises(ConsumerDiffers):
            Consumer(client, "since", start="now", streams=["message"])
        now.close()


def it_can_be_paused(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        with Consumer(client, "pause", start="now", streams=["ticket"], wait_ms=100) as consumer:
            client.consumer.pause(name="pause")
            [seq] = subject.tickets(1)
            page = client.consumer.fetch(name="pause", wait_ms=50)
            assert page["events"] == [] and client.consumer.info(name="pause")["consumer"]["state"] == "paused"
            client.consumer.resume(name="pause")
            subject.advance(LEASE_MS)
            assert taken(consumer, 1) == [seq]


def it_can_be_put_back(subject: Subject) -> None:
    seqs = subject.tickets(3)
    with Client(location=subject.location) as client:
        with Consumer(client, "seek", start="beginning", streams=["ticket"]) as consumer:
            assert taken(consumer, 3) == seqs
            consumer.ack()
            client.consumer.seek(name="seek", to={"after_seq": seqs[0]})
            assert taken(consumer, 2) == seqs[1:]


def another_history_is_noticed(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        with Consumer(client, "epoch", start="now", streams=["ticket"]) as consumer:
            subject.tickets(1)
            assert next(consumer).epoch == 1
            subject.new_epoch()
            subject.tickets(1)
            with pytest.raises(EpochMismatch):
                for _ in consumer:
                    pass
        with Consumer(client, "epoch", start="now", streams=["ticket"]) as consumer:
            assert next(consumer).epoch == 2


def until(condition: object, patience: float = 20.0) -> None:
    """Waits until a condition holds."""
    event = threading.Event()
    for _ in range(int(patience / 0.02)):
        if condition():  # type: ignore[operator]
            return
        event.wait(0.02)
    raise AssertionError(f"it did not come within {patience} s")


SCENARIOS = [
    goes_on_where_it_stopped, what_was_not_dealt_with_comes_again, a_part_of_a_batch_can_be_acked,
    a_crash_loses_nothing_and_repeats_nothing_that_was_done, a_second_instance_stands_by,
    the_lease_is_kept_while_a_batch_is_dealt_with, an_event_can_be_parked_and_tried_again,
    a_coroutine_takes_away_what_it_dealt_with, what_nobody_can_deal_with_is_set_aside, it_reads_what_it_asked_for,
    it_can_be_paused, it_can_be_put_back, another_history_is_noticed,
]
