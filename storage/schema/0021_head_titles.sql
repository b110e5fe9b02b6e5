-- What the head of a unit is called, where the office declares it: «Giám đốc», «Chi cục trưởng», «Chánh Thanh tra».

ALTER TABLE unit ADD COLUMN head_title TEXT NOT NULL DEFAULT '';
