-- The sheet of a paper names its duty: that of the office's yearly report to the level above did not.
UPDATE draft SET subject = 'provincial:' || subject WHERE form = 'provincial' AND subject NOT LIKE '%:%:%';
