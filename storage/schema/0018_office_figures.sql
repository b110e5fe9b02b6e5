-- Amounts that the office gives of itself as one: paper of a year, where one buyer has all the figures.

CREATE TABLE office_figure (
    target TEXT NOT NULL,
    year INTEGER NOT NULL,
    ten_months TEXT,                              -- decimals in the plan's unit of measure
    whole_year TEXT,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (target, year)
) STRICT, WITHOUT ROWID;
