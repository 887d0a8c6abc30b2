"""A person writes, the desk answers: the whole way, there and back."""

from tests.bot.conftest import ADA, serving


async def test_what_a_person_writes_reaches_the_desk_and_the_answer_her_phone(world, store, office):
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.says("Buongiorno")
        await ada.hears("Hai scritto: Buongiorno")
    assert [(i.chat_id, i.user_id, i.private, i.kind, i.text) for i in office.seen] == [
        (ADA, ADA, True, "text", "Buongiorno")
    ]
