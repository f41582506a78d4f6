"""Firms behind people and what is known of their sites: one row a firm and domain, seized ones among them."""

from bongsu.read.record_file import RecordFile

FIRMS = RecordFile(
    {
        "company": ("firm", "vendor", "agency", "organization"),
        "domain": ("website", "site", "web address"),
        "registered": ("domain created", "creation date", "registered on", "domain registered"),
        "registrar": ("domain registrar",),
        "hosting": ("host", "hosting provider", "name server", "asn"),
        "text": ("site text", "home page text", "page text"),
    },
    required=("company", "domain"),
)
"""Reader of firms."""
