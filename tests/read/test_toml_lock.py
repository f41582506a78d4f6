import io

from tests.read.lock_samples import UV

from bongsu.read.toml_lock import blocks_of


def test_a_block_has_its_line_its_values_and_its_hashes():
    found = list(blocks_of(io.BytesIO(UV), ("[[package]]",)))
    assert [line for line, _fields in found] == [4, 13]
    assert found[0][1]["hashes"].count("sha256:") == 2
    assert found[1][1] == {"name": "shop", "local": "yes", "resolved": "."}


def test_tables_of_a_package_do_not_change_its_name():
    body = b'[[packages]]\nname = "a"\nversion = "1"\n[[packages.wheels]]\nname = "a-1.whl"\n'
    hashed = body + b'hashes = {sha256 = "0123456789abcdef0123456789abcdef"}\n'
    [(line, fields)] = blocks_of(io.BytesIO(hashed), ("[[packages]]",))
    assert (line, fields["name"], fields["hashes"]) == (1, "a", "sha256:0123456789abcdef0123456789abcdef")
