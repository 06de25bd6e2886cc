"""The IAM Credentials API: https://cloud.google.com/iam/docs/reference/credentials/rest."""

from __future__ import annotations

from gemtune.emulator.services import House, Service
from gemtune.emulator.services.iamcredentials.impersonation import METHODS, Impersonation


def service(house: House) -> Service:
    """No API key and no quota project here: a token says who acts."""
    return Service(
        host="iamcredentials.googleapis.com",
        package="google.iam.credentials",
        title="IAM Service Account Credentials API",
        methods=METHODS,
        handlers=Impersonation(house).handlers(),
        takes_keys=False,
        wants_quota_project=False,
    )
