"""Why a mail has not left, for somebody who does not run mail servers."""

NETWORK = "Le serveur de courriel ne répond pas."
REASONS = {
    "ConnectionRefusedError": NETWORK,
    "ConnectionResetError": NETWORK,
    "TimeoutError": NETWORK,
    "gaierror": NETWORK,
    "OSError": NETWORK,
    "SMTPServerDisconnected": NETWORK,
    "SMTPConnectError": NETWORK,
    "SMTPRecipientsRefused": "Le serveur du destinataire refuse cette adresse. Vérifiez-la.",
    "SMTPSenderRefused": "Le serveur de courriel refuse l’adresse du portail.",
    "SMTPDataError": "Le serveur de courriel refuse ce message.",
    "SMTPAuthenticationError": "Le portail n’est pas admis par le serveur de courriel.",
}
OTHERWISE = "L’envoi n’a pas abouti."


def reason(last_error: str) -> str:
    """From what the job wrote: « ClassOfTheError : its words »."""
    name = last_error.partition(" ")[0]
    return REASONS.get(name, OTHERWISE) if last_error else ""
