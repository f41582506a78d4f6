"""Made mail: an archive of ordinary traffic, what the advisory describes, and what merely looks like it."""

import io

import pyarrow as pa
from tests.analyze.mail_zone import answers

from bongsu.analyze.look_alike import LookAlikes
from bongsu.analyze.mail import MailWatch
from bongsu.analyze.mail_reason import MailLists, plain_name
from bongsu.normalize.log import block_of
from bongsu.read import mail as mail_reader

LISTS = MailLists(
    experts={plain_name("Dr. Hong Gildong"): frozenset({"thinktank.example"})},
    own_domains=frozenset({"firm.example"}),
    look_alikes=LookAlikes({"firm.example": False, "thinktank.example": False, "unikorea.go.kr": False}),
)
ANSWERS = answers(
    ("_dmarc.thinktank.example", "v=DMARC1; p=none"),
    ("_dmarc.brand.example", "v=DMARC1; p=reject"),
    zones=("thinktank.example", "brand.example"),
)
FAIL = "mx.firm.example; spf=softfail smtp.mailfrom=x.example; dmarc=fail (p=NONE) header.from={domain}"
PASS = "mx.firm.example; dmarc=pass header.from={domain}"


def mail(sender: str, subject: str = "Hello", day: int = 3, body: str = "hello", **headers: str) -> bytes:
    """One mail; underscores of header names are hyphens."""
    lines = {"From": sender, "To": "kim@firm.example", "Subject": subject}
    lines |= {
        "Date": f"Mon, {day} Jun 2024 09:00:00 +0900",
        "Message-ID": f"<{abs(hash((sender, subject, day)))}@x>",
    }
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        "".join(f"{name}: {value}\n" for name, value in lines.items()).encode()
        + b"\n"
        + body.encode()
        + b"\n"
    )


def attached(name: str) -> dict[str, str]:
    """Headers of a mail that is nothing but an attachment."""
    return {
        "Content_Type": "application/octet-stream",
        "Content_Disposition": f'attachment; filename="{name}"',
    }


def watched(
    *mails: bytes, lists: MailLists = LISTS, trusted: tuple[str, ...] = ("mx.firm.example",)
) -> MailWatch:
    """A watch that has seen the mails, each a file of its own."""
    watch = MailWatch(lists, trusted)
    for number, raw in enumerate(mails):
        for batch in mail_reader.read(io.BytesIO(raw), batch_rows=100):
            watch.add(block_of(batch, pa.array([number] * batch.rows.num_rows, pa.int32()))[0])
    return watch


POSE = mail(
    "Hong Gildong <hong@thinktank.example>",
    "Interview request on North Korea",
    Reply_To="hong.thinktank@gmail.com",
    Authentication_Results=FAIL.format(domain="thinktank.example"),
)
EXPERT_AT_FREE_MAIL = mail(
    "Hong Gildong <hong.gildong77@gmail.com>",
    "Request for comment: denuclearization",
    Authentication_Results=PASS.format(domain="gmail.com"),
)
LOOK_ALIKE_LINK = mail(
    "Ministry <info@unikorea-mail.example>",
    "통일 세미나 초청",
    body="https://unikorea.go.kr.evil.example/login",
)
SHORTCUT = mail(
    "Press <press@paper.example>",
    "Questionnaire",
    Authentication_Results=FAIL.format(domain="paper.example"),
    **attached("questions.pdf.lnk"),
)
POSITIVES = {
    "forged sender, answers to free mail, expert's name": (POSE, "high"),
    "expert's name at free mail": (EXPERT_AT_FREE_MAIL, "medium"),
    "look-alike sender and link": (LOOK_ALIKE_LINK, "high"),
    "forged press with a shortcut": (SHORTCUT, "high"),
}
"""Mail that is to be found, and the level that it is to have."""
NEGATIVES = {
    "mailing list that breaks DMARC": mail(
        "Member <m@brand.example>",
        "[nk-policy] North Korea workshop",
        List_Id="<nk-policy.lists.example>",
        Reply_To="nk-policy@lists.example",
        Authentication_Results=FAIL.format(domain="brand.example"),
    ),
    "newsletter of a service": mail(
        "Brand <news@brand.example>",
        "Our news",
        Reply_To="brand@helpdesk.example",
        List_Id="<news.brand.example>",
        Authentication_Results=PASS.format(domain="brand.example"),
    ),
    "small firm, answers to free mail": mail(
        "Florist <shop@florist.example>",
        "Your order",
        Reply_To="florist@gmail.com",
        Authentication_Results="mx.firm.example; dmarc=none header.from=florist.example",
    ),
    "forwarded by an alumni address": mail(
        "Friend <friend@brand.example>",
        "Lunch?",
        Authentication_Results=FAIL.format(domain="brand.example"),
        X_Forwarded_To="kim@firm.example",
    ),
    "calendar invitation": mail(
        "Calendar <noreply@calendar.example>",
        "Invitation: roundtable on denuclearization",
        Reply_To="lee.organizer@gmail.com",
        Authentication_Results=PASS.format(domain="calendar.example"),
        Content_Type="text/calendar; method=REQUEST",
    ),
    "the expert at work": mail(
        "Hong Gildong <hong@thinktank.example>",
        "Draft review: North Korea",
        Authentication_Results=PASS.format(domain="thinktank.example"),
    ),
    "colleague with a document": mail("Lee <lee@firm.example>", "북한 발표자료", **attached("slides.hwp")),
    "supplier with an archive and a broken set-up": mail(
        "Supplier <s@parts.example>",
        "Invoice",
        Authentication_Results=FAIL.format(domain="parts.example"),
        **attached("invoice.zip"),
    ),
}
"""Mail that is ordinary: none of it may be above low."""
