"""The analysis as a job: when a run is owed, what it takes from the database, what it keeps, and what people decide."""
