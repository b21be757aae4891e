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
