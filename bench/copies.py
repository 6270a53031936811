"""The contributions of one department in another, under keys of their own; done by the owner, whom no policy binds."""

from bench.stage import Stage

CONTRIBUTIONS, STATEMENTS, LOG = "contributions_contribution", "contributions_statement", "contributions_logentry"


def copy(made: Stage, database: str, campaign: str, *, origin: str, code: str) -> None:
    there, here = (consultation_of(made, database, campaign, prefecture) for prefecture in (origin, code))
    own = {
        "prefecture_id": f"'{code}'",
        "consultation_id": str(here),
        "version_id": f"(SELECT id FROM consultations_questionnaireversion WHERE consultation_id = {here})",  # noqa: S608
        "contribution_id": rekeyed("contribution_id", code),
    }
    keys = {"id": rekeyed("id", code), "submission_key": rekeyed("submission_key", code)}
    said_there = f"contribution_id IN (SELECT id FROM {CONTRIBUTIONS} WHERE consultation_id = {there})"  # noqa: S608
    made_there = f"consultation_id = {there}"
    for table, values, which, left in (
        (CONTRIBUTIONS, own | keys, made_there, ""),
        (STATEMENTS, own, said_there, "id"),
        (LOG, own, made_there, "id"),
    ):
        names = [name for name in columns_of(made, database, table) if name != left]
        listed = ", ".join(f'"{name}"' for name in names)
        chosen = ", ".join(values.get(name, f'"{name}"') for name in names)
        made.change(database, f"INSERT INTO {table} ({listed}) SELECT {chosen} FROM {table} WHERE {which}")  # noqa: S608


def rekeyed(column: str, code: str) -> str:
    return f"md5({column}::text || '{code}')::uuid"


def consultation_of(made: Stage, database: str, campaign: str, code: str) -> int:
    both = "consultations_consultation c JOIN consultations_campaign e ON e.id = c.campaign_id"
    query = f"SELECT c.id FROM {both} WHERE e.slug = '{campaign}' AND c.prefecture_id = '{code}'"  # noqa: S608
    [(consultation,)] = made.rows(database, query)
    return int(consultation)


def columns_of(made: Stage, database: str, table: str) -> list[str]:
    query = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"  # noqa: S608
    return [name for (name,) in made.rows(database, query)]
