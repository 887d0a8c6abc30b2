"""Notices as plain JSON and back, for the outbox's row. Refuses to know the table and the wire."""

from collections.abc import Mapping
from typing import Any

from procedure.campaign import Contact
from procedure.notices import About, Attachment, Enclosed, Json, Mail, MailKind, Push, Subject
from procedure.people import Role


def mail_to_json(mail: Mail) -> dict[str, Json]:
    """The mail as a JSON object; `mail_from_json` gives it back equal."""
    return {
        "key": mail.key,
        "kind": mail.kind.value,
        "about": {"kind": mail.about.kind.value, "id": mail.about.id},
        "to": [_contact_to_json(contact) for contact in mail.to],
        "cc": [_contact_to_json(contact) for contact in mail.cc],
        "context": mail.context,
        "uncovered": mail.uncovered.value if mail.uncovered else None,
        "attachments": [each.value for each in mail.attachments],
        "encloses": [{"letter": each.letter, "part": each.part} for each in mail.encloses],
    }


def mail_from_json(raw: Mapping[str, Any]) -> Mail:
    """The mail that `mail_to_json` wrote.

    Raises:
        KeyError, ValueError: it was not written by this code.
    """
    return Mail(
        key=raw["key"],
        kind=MailKind(raw["kind"]),
        about=About(Subject(raw["about"]["kind"]), raw["about"]["id"]),
        to=tuple(_contact_from_json(contact) for contact in raw["to"]),
        cc=tuple(_contact_from_json(contact) for contact in raw["cc"]),
        context=dict(raw["context"]),
        uncovered=Role(raw["uncovered"]) if raw["uncovered"] else None,
        attachments=tuple(map(Attachment, raw.get("attachments", ()))),  # older rows have none
        encloses=tuple(Enclosed(each["letter"], each["part"]) for each in raw.get("encloses", ())),
    )


def _contact_to_json(contact: Contact) -> Json:
    return {"name": contact.name, "email": contact.email}


def _contact_from_json(raw: Mapping[str, str]) -> Contact:
    return Contact(raw["name"], raw["email"])


def push_to_json(push: Push) -> dict[str, Json]:
    """The push as a JSON object; `push_from_json` gives it back equal."""
    return {
        "key": push.key,
        "screen": push.screen,
        "about": {"kind": push.about.kind.value, "id": push.about.id},
        "person": push.person,
        "context": push.context,
    }


def push_from_json(raw: Mapping[str, Any]) -> Push:
    """The push that `push_to_json` wrote.

    Raises:
        KeyError, ValueError: it was not written by this code.
    """
    about = About(Subject(raw["about"]["kind"]), raw["about"]["id"])
    return Push(raw["key"], raw["screen"], about, raw["person"], dict(raw["context"]))
