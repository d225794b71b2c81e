"""The published test vectors of the hash rule; they stand in kiosk/README.md too."""

from __future__ import annotations

from typing import Any

VECTORS: list[dict[str, Any]] = [
    {
        "previous": "0000000000000000000000000000000000000000000000000000000000000000",
        "seq": 1,
        "id": "019aa9b2-5c00-7000-8000-000000000002",
        "at": "2026-11-22T01:00:01.000000Z",
        "day": "2026-11-22",
        "fact": "JournalOpened",
        "version": 1,
        "body": '{"demo":false,"journal_id":"019aa9b2-5c00-7000-8000-000000000001","kiosk_id":"kiosk-1","office_id":"bac-son","previous":null}',
        "hash": "97ec315a056bd3717d96f3e4aa7cedcc5a970a182afdae20095d420e94bb4497",
    },
    {
        "previous": "97ec315a056bd3717d96f3e4aa7cedcc5a970a182afdae20095d420e94bb4497",
        "seq": 2,
        "id": "019aa9b2-5c00-7000-8000-000000000003",
        "at": "2026-11-22T01:00:02.000000Z",
        "day": "2026-11-22",
        "fact": "TicketIssued",
        "version": 1,
        "body": '{"ballot_issue":"0000000000000000000000000000000000000000000000000000000000000000","ballot_line":"1111111111111111111111111111111111111111111111111111111111111111","number":"B001","priority":false,"service":"B"}',
        "hash": "dda18fd0cb40889133af14bab433f7e6a88931893a0cf50270b7c4981455fade",
    },
    {
        "previous": "dda18fd0cb40889133af14bab433f7e6a88931893a0cf50270b7c4981455fade",
        "seq": 3,
        "id": "019aa9b2-5c00-7000-8000-000000000004",
        "at": "2026-11-22T01:00:03.000000Z",
        "day": "2026-11-22",
        "fact": "TicketNotPrinted",
        "version": 1,
        "body": '{"number":"B001","reason":"P-101"}',
        "hash": "046fb448095851f0788f584da73ced8dc393d76879d33627859608f0d4b98829",
    },
]
