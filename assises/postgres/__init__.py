"""Django's PostgreSQL engine, with fewer journeys to the server: `ENGINE = "assises.postgres"`."""
