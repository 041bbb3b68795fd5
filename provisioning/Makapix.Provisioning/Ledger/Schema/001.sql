-- Version 1, for SQLite and PostgreSQL alike: text and BIGINT alone. Times are milliseconds since 1970 in UTC; hashes and serial numbers are hexadecimal.

CREATE TABLE meta (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);

-- The one table that is written by hand, so to speak: the others are what its entries add up to.
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  data TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, seq);

CREATE TABLE certificates (
  serial TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  common_name TEXT NOT NULL,
  issuer_serial TEXT NOT NULL,
  not_before BIGINT NOT NULL,
  not_after BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  issued_seq BIGINT NOT NULL UNIQUE REFERENCES audit (seq),
  issued_at BIGINT NOT NULL,
  revoked_seq BIGINT UNIQUE REFERENCES audit (seq),
  revoked_at BIGINT,
  reason TEXT
);
CREATE INDEX certificates_name ON certificates (common_name);
CREATE INDEX certificates_end ON certificates (not_after);
CREATE INDEX certificates_revoked ON certificates (issuer_serial, revoked_seq);

CREATE TABLE crl_numbers (
  issuer_serial TEXT NOT NULL,
  number BIGINT NOT NULL,
  seq BIGINT NOT NULL UNIQUE REFERENCES audit (seq),
  PRIMARY KEY (issuer_serial, number)
);

CREATE TABLE devices (
  id TEXT PRIMARY KEY NOT NULL,
  mac TEXT NOT NULL UNIQUE,
  chip TEXT NOT NULL,
  firmware TEXT NOT NULL,
  stand_in BIGINT NOT NULL,
  policy TEXT NOT NULL,
  plan_hash TEXT NOT NULL,
  batch TEXT,
  station TEXT,
  recorded_seq BIGINT NOT NULL UNIQUE REFERENCES audit (seq),
  recorded_at BIGINT NOT NULL,
  serial TEXT NOT NULL UNIQUE REFERENCES certificates (serial),
  state TEXT NOT NULL,
  changed_seq BIGINT NOT NULL UNIQUE REFERENCES audit (seq),
  changed_at BIGINT NOT NULL
);
CREATE INDEX devices_batch ON devices (batch, recorded_seq);

CREATE TABLE line_journal (
  seq BIGINT PRIMARY KEY NOT NULL REFERENCES audit (seq),
  board TEXT NOT NULL,
  run TEXT NOT NULL,
  step TEXT NOT NULL,
  event TEXT NOT NULL
);
CREATE INDEX line_journal_board ON line_journal (board, seq);
