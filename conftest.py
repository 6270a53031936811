"""Fixtures for every test."""

from assises.tests.database import django_db_setup

__all__ = ["django_db_setup"]
