"""The migration operation that puts a table behind row-level security, and its keys beside the prefecture.

    operations = [CreateModel("Theme", …), Seal("Theme", "published", when="published_at IS NOT NULL")]

| policy       | its prefecture | others                                                                     |
|--------------|----------------|----------------------------------------------------------------------------|
| private      | all            | nobody                                                                     |
| published    | all            | public and ministry read the rows where `when` holds                       |
| transmitted  | all            | ministry reads the rows where `when` holds                                 |
| issued       | all            | ministry reads and writes the rows where `when` holds: the ones it made    |
| membership   | all            | each person reads their own rows (`user_id`)                               |
| self         | changes itself | everybody reads (the table of prefectures)                                 |

Three additions: `ministry_reads="true"` (or a condition) shows rows to the ministry whatever the policy;
`public_inserts=True` lets a visitor of the prefecture's pages add rows, unseen by other visitors;
`holder="receipt_hash"` shows a row to whoever holds what that column is the hash of (`Scope.holder`), and with
`holder_writes=True` lets them change and remove it.

Rows without a prefecture are the ministry's own. Running it again is safe: a later migration that adds a foreign key
between two sealed tables repeats the line. The owner of the tables is not bound by policies: it migrates and dumps.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.migrations.operations.base import Operation

AUDIENCE = "(SELECT nullif(current_setting('assises.audience', true), ''))"
TENANT = "(SELECT nullif(current_setting('assises.prefecture', true), ''))"
HOLDER = "(SELECT nullif(current_setting('assises.holder', true), ''))"
PERSON = "(SELECT nullif(current_setting('assises.person', true), '')::bigint)"

OTHERS = {
    "private": [],
    "published": [("published_rows", "SELECT", f"{AUDIENCE} IN ('public', 'ministry') AND (%(when)s)")],
    "transmitted": [("transmitted_rows", "SELECT", f"{AUDIENCE} = 'ministry' AND (%(when)s)")],
    "issued": [("issued_rows", "ALL", f"{AUDIENCE} = 'ministry' AND (%(when)s)")],
    "membership": [("membership_rows", "SELECT", f"user_id = {PERSON}")],
    "self": [("reference_rows", "SELECT", "true")],
}
LONGEST_NAME = 63
NEED_A_CONDITION = {"published", "transmitted", "issued"}


class Seal(Operation):
    """Declares the policy of a model's table. See the table above."""

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        model_name: str,
        policy: str,
        *,
        when: str = "",
        tenant: str = "prefecture_id",
        append_only: bool = False,
        ministry_reads: str = "",
        public_inserts: bool = False,
        holder: str = "",
        holder_writes: bool = False,
    ) -> None:
        if policy not in OTHERS:
            raise ValueError(f"Unknown policy {policy!r}: one of {', '.join(OTHERS)}")
        if (policy in NEED_A_CONDITION) != bool(when):
            raise ValueError(f"Policy {policy!r} and the condition `when` do not go together")
        self.model_name, self.policy, self.when = model_name, policy, when
        self.tenant, self.append_only = tenant, append_only
        self.ministry_reads, self.public_inserts = ministry_reads, public_inserts
        self.holder, self.holder_writes = holder, holder_writes

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Policies are not part of Django's state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in self.statements(model):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        for statement in self.undoing(model):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Seal {self.model_name} ({self.policy})"

    def policies(self) -> list[tuple[str, str, str]]:
        own = f"{AUDIENCE} = 'prefecture' AND {self.tenant} = {TENANT}"
        if self.tenant == "prefecture_id":
            own = f"({own}) OR ({AUDIENCE} = 'ministry' AND prefecture_id IS NULL)"
        others = [(name, command, rule % {"when": self.when}) for name, command, rule in OTHERS[self.policy]]
        return [("own_rows", "UPDATE" if self.policy == "self" else "ALL", own), *others, *self.additions()]

    def additions(self) -> list[tuple[str, str, str]]:
        visitor = f"{AUDIENCE} = 'public' AND {self.tenant} = {TENANT}"
        rules = []
        if self.ministry_reads:
            rules.append(("ministry_rows", "SELECT", f"{AUDIENCE} = 'ministry' AND ({self.ministry_reads})"))
        if self.public_inserts:
            rules.append(("visitors_rows", "INSERT", visitor))
        held = f"{visitor} AND {self.holder} = {HOLDER}"
        if self.holder:
            rules.append(("holders_rows", "SELECT", held))
        if self.holder_writes:
            rules += [("holders_changes", "UPDATE", held), ("holders_removals", "DELETE", held)]
        return rules

    def statements(self, model: type[models.Model]) -> list[str]:
        table = model._meta.db_table
        sql = [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY']
        for name, command, rule in self.policies():
            using = "" if command == "INSERT" else f" USING ({rule})"
            check = "" if command in {"SELECT", "DELETE"} else f" WITH CHECK ({rule})"
            sql.append(f'DROP POLICY IF EXISTS {name} ON "{table}"')
            sql.append(f'CREATE POLICY {name} ON "{table}" FOR {command}{using}{check}')
        if self.append_only:
            sql.append(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {app_role()}')
        if self.tenant == "prefecture_id":
            sql += composite_keys(model)
        return sql

    def undoing(self, model: type[models.Model]) -> list[str]:
        table = model._meta.db_table
        sql = [f'DROP POLICY IF EXISTS {name} ON "{table}"' for name, _, _ in self.policies()]
        sql += [
            f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name[:LONGEST_NAME]}" CASCADE'
            for name in key_names(model)
        ]
        sql.append(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        if self.append_only:
            sql.append(f'GRANT UPDATE, DELETE ON "{table}" TO {app_role()}')
        return sql


class Reference(Seal):
    """A table that everybody reads and only migrations write: geography."""

    def __init__(self, model_name: str) -> None:
        super().__init__(model_name, "private")

    def statements(self, model: type[models.Model]) -> list[str]:
        return [f'REVOKE INSERT, UPDATE, DELETE ON "{model._meta.db_table}" FROM {app_role()}']

    def undoing(self, model: type[models.Model]) -> list[str]:
        return [f'GRANT INSERT, UPDATE, DELETE ON "{model._meta.db_table}" TO {app_role()}']


def app_role() -> str:
    return '"' + settings.DATABASES["default"]["USER"].replace('"', '""') + '"'


def is_tenant_model(model: Any) -> bool:
    return any(field.attname == "prefecture_id" for field in model._meta.local_concrete_fields)


def tenant_foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """Foreign keys from this model to another table of a prefecture."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey) and field.db_constraint and is_tenant_model(field.related_model)
    ]


def key_names(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    return [
        f"{table}_in_prefecture",
        *(f"{table}_{field.column}_same_prefecture" for field in tenant_foreign_keys(model)),
    ]


def composite_keys(model: type[models.Model]) -> list[str]:
    """(prefecture, id) is a key, and each reference to another tenant table goes through such a key."""
    table = model._meta.db_table
    sql = [_key(model)]
    for field in tenant_foreign_keys(model):
        target = field.related_model._meta
        rule = (
            f'FOREIGN KEY (prefecture_id, "{field.column}") REFERENCES "{target.db_table}"'
            f' (prefecture_id, "{target.pk.column}") DEFERRABLE INITIALLY DEFERRED'
        )
        # The target may be sealed later in the same migration: its key comes first.
        sql += [_key(field.related_model), _constraint(table, f"{table}_{field.column}_same_prefecture", rule)]
    return sql


def _key(model: Any) -> str:
    table = model._meta.db_table
    return _constraint(table, f"{table}_in_prefecture", f'UNIQUE (prefecture_id, "{model._meta.pk.column}")')


def _constraint(table: str, name: str, rule: str) -> str:
    name = name[:LONGEST_NAME]
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{name}'"
        f" AND conrelid = '\"{table}\"'::regclass) THEN"
        f' ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {rule}; END IF; END $$'
    )
