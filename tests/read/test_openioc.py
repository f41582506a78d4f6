import pytest
from tests.data.indicator_case import read_all

from bongsu.errors import FormatError
from bongsu.read import openioc
from bongsu.read.sniff import read_head


def item(search, value, condition="is", more=""):
    return (
        f'<IndicatorItem condition="{condition}" {more}><Context document="x" search="{search}"/>'
        f'<Content type="string">{value}</Content></IndicatorItem>'
    )


ITEMS = (
    item("FileItem/Md5sum", "0" * 32)
    + item("Network/DNS", "evil.com", "contains")
    + item("PortItem/remoteIP", "1.2.3.4")
    + item("FileItem/FileName", "evil", "contains")
    + item("FileItem/FileName", "good.exe", "isnot")
    + item("RegistryItem/Path", "HKLM")
    + f'<Indicator operator="AND">{item("FileItem/FileName", "svchost.exe")}'
    + f"{item('FileItem/SizeInBytes', '5')}</Indicator>"
    + f'<Indicator operator="AND">{item("FileItem/FileName", "evil.exe")}</Indicator>'
)
OLD = f"""<?xml version="1.0"?><ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="1">
<short_description>A trojan</short_description><authored_by>A CERT</authored_by>
<links><link rel="report">https://x.example/r</link></links>
<definition><Indicator operator="OR">{ITEMS}</Indicator></definition></ioc>"""
NEW = f"""<OpenIOC xmlns="http://openioc.org/schemas/OpenIOC_1.1" id="1"><metadata>
<short_description>A trojan</short_description><authored_by>A CERT</authored_by>
<links><link href="https://x.example/r"/></links></metadata>
<criteria><Indicator operator="OR">{ITEMS}</Indicator></criteria></OpenIOC>"""


@pytest.fixture
def write(tmp_path):
    def run(text):
        path = tmp_path / "x.ioc"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return run


@pytest.mark.parametrize("text", [OLD, NEW])
def test_items_that_alone_say_something_are_read(write, text):
    path = write(text)
    assert openioc.sniff(path, read_head(path))
    rows, rejects = read_all(openioc, path)
    assert [(row["locator"], row["type"], row["value"][:9]) for row in rows.to_pylist()] == [
        (1, "md5", "000000000"),
        (2, "domain", "evil.com"),
        (3, "ip", "1.2.3.4"),
        (9, "file_name", "evil.exe"),
    ]
    assert rows.select(["source", "context", "reference"]).to_pylist()[0] == {
        "source": "A CERT", "context": "A trojan", "reference": "https://x.example/r",
    }  # fmt: skip
    assert [(r["locator"], r["rule"]) for r in rejects.to_pylist()] == [
        (4, "item"), (5, "item"), (6, "item"), (7, "and"), (8, "and"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE ioc [<!ENTITY a "b">]>' + OLD.split("?>")[1],
        OLD.replace('<?xml version="1.0"?>', '<!doctype ioc SYSTEM "file:///etc/passwd">'),
        OLD.encode("utf-16"),
        OLD[:-20],
        "",
    ],
)
def test_files_with_document_types_or_none_at_all_are_refused(write, text):
    with pytest.raises(FormatError, match="Cannot read OpenIOC"):
        list(openioc.read(write(text)))


def test_other_xml_is_not_openioc(write):
    path = write("<html/>")
    assert not openioc.sniff(path, read_head(path))
