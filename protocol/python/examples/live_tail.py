"""Prints what happens, as it happens, none left out: `live_tail.py [stream ...]`."""
import asyncio
import sys

from opora import AsyncClient, AsyncTail


async def main() -> None:
    async with AsyncClient() as client, AsyncTail(client, streams=sys.argv[1:]) as tail:
        print("following after", tail.place.seq, flush=True)
        async for event in tail:
            print(event.seq, event.at.isoformat(), event.type, event.entity, dict(event.data), flush=True)


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("stopped")
