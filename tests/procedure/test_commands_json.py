import json

from hypothesis import given
from hypothesis import strategies as st

from procedure.correspondence.commands import Command, FieldSaid, Verb
from procedure.correspondence.commands_json import command_from_json, command_to_json
from procedure.fields import RegisterField

SAID = st.builds(FieldSaid, st.sampled_from(RegisterField), st.booleans(), st.text(), st.text())
COMMANDS = st.builds(
    Command,
    st.sampled_from(Verb),
    st.text(),
    on=st.none() | st.dates(),
    since=st.none() | st.dates(),
    value=st.none() | st.decimals(0, 10**9, places=2),
    words=st.text(),
    sure=st.booleans(),
    item=st.none() | st.integers(1, 99),
    fields=st.lists(SAID).map(tuple),
    lines=st.lists(st.tuples(st.text(), st.text())).map(tuple),
)


@given(COMMANDS)
def test_a_command_comes_back_from_json_as_it_was(command: Command) -> None:
    assert command_from_json(json.loads(json.dumps(command_to_json(command)))) == command


def test_a_command_says_nothing_of_what_it_does_not_say() -> None:
    assert command_to_json(Command(Verb.DONE, "Fatto")) == {"verb": "done", "said": "Fatto"}
