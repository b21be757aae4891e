-- The log only grows. The one rule besides uniqueness that lives in SQL.
CREATE TRIGGER `entries_no_update` BEFORE UPDATE ON `entries`
BEGIN
	SELECT RAISE(ABORT, 'entries are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `entries_no_delete` BEFORE DELETE ON `entries`
BEGIN
	SELECT RAISE(ABORT, 'entries are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `streams_no_update` BEFORE UPDATE ON `streams`
BEGIN
	SELECT RAISE(ABORT, 'streams are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `streams_no_delete` BEFORE DELETE ON `streams`
BEGIN
	SELECT RAISE(ABORT, 'streams are append-only');
END;
--> statement-breakpoint
-- REPLACE deletes without firing DELETE triggers unless a connection asks for it; so it never gets that far.
CREATE TRIGGER `entries_only_append` BEFORE INSERT ON `entries`
WHEN NEW.`commit` <= (SELECT max(`commit`) FROM `entries`)
	OR EXISTS (SELECT 1 FROM `entries` WHERE `stream` = NEW.`stream` AND `seq` >= NEW.`seq`)
BEGIN
	SELECT RAISE(ABORT, 'entries are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `streams_only_append` BEFORE INSERT ON `streams`
WHEN EXISTS (SELECT 1 FROM `streams` WHERE `id` = NEW.`id` OR `name` = NEW.`name`)
BEGIN
	SELECT RAISE(ABORT, 'streams are append-only');
END;
