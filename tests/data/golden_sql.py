"""Questions of the extraction as SQL of engines that no test can reach; files say what they were compiled to.

`python -m tests.data.golden_sql` writes the files again.
"""

from datetime import UTC, datetime
from pathlib import Path

import ibis

from bongsu.analyze import extraction
from bongsu.analyze.closure import Closure, extracted_rows
from bongsu.analyze.public_ledger import beyond_range, over, public_movements

FOLDER = Path(__file__).parent.parent / "analyze" / "golden"
DIALECTS = ("bigquery", "clickhouse")
PLAIN = Closure(transactions=False, blocks=False, amounts=False, clock=False)
WHOLE = Closure(transactions=True, blocks=True, amounts=True, clock=True)


def questions():
    """Name to question, over part files in the columns of a transfer."""
    return {
        "survey": extraction.survey(),
        "seen-blocks": extraction.seen_blocks(datetime(2024, 1, 1, tzinfo=UTC), fill=True),
        "busy-pools": extraction.busy_pools(1000),
        "named-rows": extraction.named_rows(),
        "touched-pools": extraction.touched_pools(()),
        "touched-pools-by-time": extraction.touched_pools(("eip155:1",)),
        "converted-payments": extraction.converted_payments(()),
        "converted-pools": extraction.converted_pools(),
        "held-assets": extraction.held_assets(),
        "alike-accounts": extraction.alike_accounts(amounts=True),
        "extracted-rows": extracted_rows(PLAIN),
        "extracted-rows-whole": extracted_rows(WHOLE),
    }


def public_questions():
    """Name to question, over BigQuery's public Ethereum."""
    movements = public_movements()
    asked = {name: over(question, movements) for name, question in questions().items()}
    wanted = ("survey", "busy-pools", "touched-pools", "converted-pools", "extracted-rows")
    return {"beyond-range": beyond_range(), **{name: asked[name] for name in wanted}}


def golden():
    """File name to SQL."""
    texts = {}
    for dialect in DIALECTS:
        for name, question in questions().items():
            texts[f"{name}.{dialect}.sql"] = compiled(question, dialect)
    for name, question in public_questions().items():
        texts[f"public-{name}.bigquery.sql"] = compiled(question, "bigquery")
    return texts


def compiled(question, dialect):
    """SQL of a question."""
    return f"{ibis.to_sql(question, dialect=dialect)}\n"


if __name__ == "__main__":
    for path in FOLDER.glob("*.sql"):
        path.unlink()
    for name, text in golden().items():
        (FOLDER / name).write_text(text)
