"""The database's roles: who owns, and who serves without owning anything."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import extensions, sql

from assises.embedded.credentials import APP, DATABASE, OWNER, Credentials, credentials
from assises.embedded.problems import CannotRunError

NOTHING_ELSE = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


@dataclass(frozen=True)
class OutsideAddresses:
    app_url: str
    owner_url: str | None


def answers(url: str) -> bool:
    """Whether the server takes connections. A refused password is for the caller's next connection to tell."""
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.OperationalError as error:
        return "authentication failed" in str(error)
    return True


def prepare(superuser_url: str, known: Credentials) -> None:
    """Make or mend the two roles and the database of an embedded server; harmless when all is there."""
    try:
        connection = psycopg2.connect(superuser_url)
    except psycopg2.OperationalError as error:
        raise CannotRunError(
            "Les mots de passe de var/secrets.json ne sont plus ceux de la base. Remettez l’ancien fichier, ou "
            f"déplacez var/postgres pour repartir d’une base vide. ({str(error).strip()})"
        ) from None
    with closing(connection):
        connection.autocommit = True
        _see_to_role(
            connection, OWNER, known.owner, "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
        )
        _see_to_role(connection, APP, known.app, f"LOGIN {NOTHING_ELSE}")
        with connection.cursor() as cursor:
            database = sql.Identifier(DATABASE)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)))
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            # A temporary table is how an analysis hands its result over: COPY knows no row-level security.
            cursor.execute(
                sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APP))
            )


def outside_addresses(url: str | None, owner_url: str | None, *, var: Path, owner_needed: bool) -> OutsideAddresses:
    """The two addresses for a server that somebody else runs, from the one or two that were given."""
    if not url:
        raise CannotRunError(
            "Il manque DATABASE_URL, l’adresse du rôle avec lequel le portail travaille : "
            "DATABASE_OWNER_URL seule ne sert qu’aux migrations."
        )
    if owner_url:
        return OutsideAddresses(url, owner_url)
    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.Error as error:
        raise CannotRunError(f"La base donnée par DATABASE_URL ne répond pas : {str(error).strip()}") from None
    with closing(connection):
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
            may_create_roles = cursor.fetchone()[0]
        if may_create_roles:
            return OutsideAddresses(_app_beside_owner(connection, url, var), url)
    if owner_needed:
        raise CannotRunError(
            "Il manque DATABASE_OWNER_URL. Les migrations ont besoin du rôle propriétaire de la base, et celui de "
            "DATABASE_URL ne peut pas créer de rôle : donnez les deux adresses, DATABASE_URL pour le portail, qui ne "
            "possède rien, et DATABASE_OWNER_URL pour les migrations."
        )
    return OutsideAddresses(url, None)


def _app_beside_owner(connection: extensions.connection, url: str, var: Path) -> str:
    password = credentials(var).outside_app
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        database = cursor.fetchone()[0]
        role = f"{database}_app"
        # Only a superuser may name the attributes that only a superuser has; a new role has none of them anyway.
        _see_to_role(connection, role, password, "LOGIN NOCREATEDB NOCREATEROLE")
        cursor.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(database), sql.Identifier(role)
            )
        )
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role, safe='')}:{password}@{place}"))


def _see_to_role(connection: extensions.connection, role: str, password: str, attributes: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        # Hashed here, so that no server log can hold the password.
        hashed = extensions.encrypt_password(password, role, scope=connection, algorithm="scram-sha-256")
        cursor.execute(
            sql.SQL("{} ROLE {} WITH {} PASSWORD {}").format(
                sql.SQL(verb), sql.Identifier(role), sql.SQL(attributes), sql.Literal(hashed)
            )
        )
