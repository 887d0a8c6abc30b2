"""Dovecot and Postfix for tests and bench, each in a folder of its own on a high port, gone at the end.

Neither is needed: where one is not installed, or may not start here, `CouldNotStartError` says why.
"""

import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USER = "visite@visite.example.com"
PASSWORD = "una parola di prova"
PATIENCE = 200  # twentieths of a second


class CouldNotStartError(Exception):
    """Why there is no such server on this machine."""


@dataclass
class Dovecot:
    """A mailbox of one user, by IMAP; mail goes in by LMTP."""

    folder: Path
    imap_port: int
    lmtp_port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.imap_port}"

    @property
    def inbox(self) -> Path:
        """The Maildir."""
        return self.folder / "mail"

    def deliver(self, *raws: bytes) -> None:
        """Put mails in by LMTP."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            for raw in raws:
                lmtp.sendmail("someone@altrove.example.com", [USER], raw)

    def kill(self) -> None:
        """`kill -9` of the server and of all that it had started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        _wait_until_free(self.imap_port, self.lmtp_port)

    def start(self) -> None:
        """Bring it up again, with the mail that it had."""
        self.process = _start_dovecot(self.folder, self.imap_port, self.lmtp_port)


@contextmanager
def dovecot(introspection: str = "") -> Iterator[Dovecot]:
    """A Dovecot; with the URL of an introspection endpoint it takes bearer tokens too.

    Raises:
        CouldNotStartError: it is not installed, or does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))  # short: sockets live in it
    try:
        imap_port, lmtp_port = _free_port(), _free_port()
        _configure(folder, imap_port, lmtp_port, introspection)
        server = Dovecot(folder, imap_port, lmtp_port, _start_dovecot(folder, imap_port, lmtp_port))
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Postfix:
    """A Postfix that takes every mail and throws it away, save for what its map of recipients refuses."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()


@contextmanager
def postfix(refused: str = "", put_off: str = "") -> Iterator[Postfix]:
    """A Postfix that refuses one recipient for good and puts one off.

    Raises:
        CouldNotStartError: it is not installed, we are not root, or it does not start.
    """
    program = shutil.which("postfix", path=_PATH)
    if program is None:
        raise CouldNotStartError("postfix is not installed")
    if os.getuid() != 0:
        raise CouldNotStartError("postfix starts only as root")
    folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        port = _free_port()
        _configure_postfix(folder, port, refused, put_off)
        process = _start_postfix(program, folder)
        try:
            _wait_for(process, port, folder / "out")
            yield Postfix(folder, port, process)
        finally:
            process.terminate()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"  # noqa: TID251 -- where programs are, not a setting

_MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
myhostname = postfix.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
default_transport = discard
relay_transport = discard
local_transport = discard
alias_maps =
smtputf8_enable = yes
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ {access} }}, permit_mynetworks
smtpd_client_connection_count_limit = 0
message_size_limit = 20000000
"""

_MASTER_CF = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
discard unix - - n - - discard
error unix - - n - - error
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


def _start_postfix(program: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Its master in the foreground; its own `start-fg` leaves it behind when it is asked to end."""
    subprocess.run([program, "-c", folder / "etc", "check"], check=False, capture_output=True)
    command: list[str | Path] = ["/usr/lib/postfix/sbin/master", "-c", folder / "etc", "-d"]
    with (folder / "out").open("wb") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)


def _configure_postfix(folder: Path, port: int, refused: str, put_off: str) -> None:
    words = {refused: "550 5.1.1 no such mailbox", put_off: "450 4.2.1 come back later"}
    access = ", ".join(f"{{ {address} = {said} }}" for address, said in words.items() if address)
    etc = folder / "etc"
    for name in ("etc", "queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (etc / "main.cf").write_text(
        _MAIN_CF.format(folder=folder, access=access or "{ nobody@nowhere.example = OK }")
    )
    (etc / "master.cf").write_text(_MASTER_CF.format(port=port))


_CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
mail_location = maildir:{folder}/mail
auth_mechanisms = plain login {mechanisms}
passdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
{oauth}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service anvil {{
  chroot =
}}
"""

_OAUTH = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2
}}
"""


def _configure(folder: Path, imap_port: int, lmtp_port: int, introspection: str) -> None:
    uid, gid = _nobody()
    names = {"user": pwd.getpwuid(uid).pw_name, "group": _group(gid), "uid": uid, "gid": gid}
    oauth = _OAUTH.format(folder=folder) if introspection else ""
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            imap_port=imap_port,
            lmtp_port=lmtp_port,
            oauth=oauth,
            mechanisms="xoauth2" if introspection else "",
            **names,
        )
    )
    (folder / "passwd").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
    (folder / "oauth2").write_text(
        f"introspection_mode = post\nintrospection_url = {introspection}\nusername_attribute = username\n"
        "active_attribute = active\nactive_value = true\n"
    )
    for path in (folder, *folder.iterdir()):
        os.chown(path, uid, gid)


def _start_dovecot(folder: Path, *ports: int) -> "subprocess.Popen[bytes]":
    program = shutil.which("dovecot", path=_PATH)
    if program is None:
        raise CouldNotStartError("dovecot is not installed")
    command = [program, "-F", "-c", str(folder / "dovecot.conf")]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=folder, start_new_session=True, **_someone_but_root()
        )
    for port in ports:
        _wait_for(process, port, folder / "out")
    return process


def _someone_but_root() -> dict[str, Any]:
    """Dovecot refuses to run its login as root: then it runs as nobody, who owns the folder."""
    if os.getuid() != 0:
        return {}
    uid, gid = _nobody()
    return {"user": uid, "group": gid, "extra_groups": []}


def _nobody() -> tuple[int, int]:
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    found = pwd.getpwnam("nobody")
    return found.pw_uid, found.pw_gid


def _group(gid: int) -> str:
    import grp  # not on every system

    return grp.getgrgid(gid).gr_name


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_until_free(*ports: int) -> None:
    """What a dead server had started may hold its ports a moment longer."""
    for _ in range(PATIENCE):
        try:
            for port in ports:
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            threading.Event().wait(0.05)
        else:
            return


def _wait_for(process: "subprocess.Popen[bytes]", port: int, out: Path) -> None:
    for _ in range(PATIENCE):
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)) as door:
            if door.recv(1):
                return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise CouldNotStartError(out.read_text().strip() or "it ended at once")
    process.kill()
    raise CouldNotStartError("it did not become ready")
