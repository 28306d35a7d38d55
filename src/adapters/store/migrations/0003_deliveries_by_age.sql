-- What is forgotten after a day is found by its age.
CREATE INDEX delivery_by_age ON delivery (tenant, at, id);
