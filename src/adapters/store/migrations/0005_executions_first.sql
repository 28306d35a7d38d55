-- Approved changes are found without a look at other work, however much of that is due.
CREATE INDEX task_execution_due ON task (tenant, due, work) WHERE substr(work, 1, 11) = '{"execute":';
CREATE INDEX task_other_due ON task (tenant, due, work) WHERE substr(work, 1, 11) <> '{"execute":';
