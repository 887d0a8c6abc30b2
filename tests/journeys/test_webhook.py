"""The visit with Telegram bringing its updates to us, instead of our fetching them."""

import socket
from pathlib import Path

from store import visits
from tests.journeys.process import a_service
from tests.journeys.stage import ADA, a_stage, labelled, says, taps
from tests.journeys.test_plain_visit import PLAIN


async def test_a_visit_is_told_through_a_webhook(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    more = {
        "DOPOVISITA_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "DOPOVISITA_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
    }
    async with a_stage(tmp_path) as stage, a_service(stage, **more) as service:
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), *PLAIN)
        assert "Visita registrata" in ada.last.text
        assert not stage.world.telegram.calls_of("getUpdates")
        assert await service.stops() == 0
        assert len(await stage.stored(lambda tx: visits.of_company(tx, 1))) == 1
