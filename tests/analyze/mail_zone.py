"""Saved DNS answers of made domains, and mail signed with a made key."""

from functools import cache

from bongsu.model.dns import DnsAnswers, DnsRecord


@cache
def key_pair() -> tuple[bytes, str]:
    """Private key in PEM, and the public one as a record holds it."""
    import base64

    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def answers(
    *texts: tuple[str, str], zones: tuple[str, ...] = (), more: tuple[DnsRecord, ...] = ()
) -> DnsAnswers:
    """Answers of TXT records by name, and others."""
    return DnsAnswers([*(DnsRecord(name, "TXT", text) for name, text in texts), *more], zones=zones)


def signed(mail: bytes, domain: str = "thinktank.example", selector: str = "s1") -> bytes:
    """The mail with a signature of the domain."""
    import dkim

    names = [b"from", b"to", b"subject", b"date"]
    return dkim.sign(mail, selector.encode(), domain.encode(), key_pair()[0], include_headers=names) + mail
