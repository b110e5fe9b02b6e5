-- Who somebody is: telephone numbers whole, and what tells two people of one name apart.

ALTER TABLE person ADD COLUMN number TEXT;        -- the office's own number of the person (Mã số)
ALTER TABLE person ADD COLUMN born INTEGER;       -- the year of birth
UPDATE person SET phone = '+84' || substr(phone, 2)
 WHERE phone GLOB '0[35789][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
    OR phone GLOB '02[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]';
