"""What records of people state of who somebody is: for linking records of one person, and for nothing else.

Read beside the readers of applications and employees, whose events have no such columns, so that no rule of a
red flag can see them. Birthplaces, nationalities, languages and schools are not read here either.
"""

from bongsu.read.record_file import RecordFile

PERSONS = RecordFile(
    {
        "name": ("full name", "legal name", "display name", "employee name", "candidate name"),
        "given_name": ("first name", "given names", "forename"),
        "family_name": ("last name", "surname"),
        "birth_date": ("date of birth", "dob", "birthday", "birthdate"),
        "place": ("city", "town", "home city"),
        "postal_code": ("zip", "zip code", "postcode", "home postal code"),
        "occupation": ("job title", "position", "role"),
    },
    required=(),
)
"""Reader of names, days of birth and places of records whose source is known already."""
