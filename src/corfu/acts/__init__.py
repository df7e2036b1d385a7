"""Where acts are kept: the log's writer, its database, its witnesses.

`log` is the only writer; `store` says what it keeps, in SQLite or PostgreSQL; `audit` checks all of it; `home` is the
folder a log lives in; `witness` and `follow` are for those who watch a log.
"""
