"""Creates a ticket and follows it until it is solved: `follow_ticket.py "The printer is on strike"`."""
import sys

from opora import Client, Tail
from opora.events import TICKET_STATUS_CHANGED

with Client() as client, Tail(client, streams=["ticket"]) as tail:
    subject = sys.argv[1] if len(sys.argv) > 1 else "The printer is on strike"
    ticket = client.ticket.create(subject=subject, text="It blinks and does nothing.")["ticket"]["id"]
    print(ticket, "created", flush=True)
    for event in tail:
        if event.ticket != ticket:
            continue
        print(ticket, event.at.isoformat(), event.type, event.actor, flush=True)
        if TICKET_STATUS_CHANGED.matches(event) and event.data["after"]["status"] == "solved":
            break
