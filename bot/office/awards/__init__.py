"""Awards: suggested to the head, proposed to the office, decided, praised; and the list that stays."""
