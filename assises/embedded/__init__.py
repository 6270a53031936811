"""The portal on one machine with nothing installed: PostgreSQL and Valkey from wheels, and what runs beside them."""

from assises.embedded.credentials import Addresses, addresses

__all__ = ["Addresses", "addresses"]
