-- The day on which the figures of a report were given: that of its newest version.

ALTER TABLE result ADD COLUMN given TEXT;
UPDATE result SET given = substr(at, 1, 10);
