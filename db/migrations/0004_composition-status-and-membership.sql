CREATE TABLE `composition_phases` (
	`composition` text NOT NULL,
	`phase` text NOT NULL,
	`place` integer NOT NULL,
	`protocol` text NOT NULL,
	`state` text NOT NULL,
	`session` text,
	`undo` text,
	`cause` text,
	`commit` integer NOT NULL,
	PRIMARY KEY(`composition`, `phase`)
);
--> statement-breakpoint
CREATE INDEX `composition_phases_session` ON `composition_phases` (`session`);--> statement-breakpoint
CREATE TABLE `missing_facts` (
	`context` text NOT NULL,
	`fact` text NOT NULL,
	`authority` text NOT NULL,
	PRIMARY KEY(`context`, `fact`, `authority`)
);
--> statement-breakpoint
CREATE INDEX `missing_facts_context_authority` ON `missing_facts` (`context`,`authority`);--> statement-breakpoint
ALTER TABLE `compositions` ADD `status` text DEFAULT 'running' NOT NULL;--> statement-breakpoint
ALTER TABLE `compositions` ADD `failed` text;--> statement-breakpoint
ALTER TABLE `compositions` ADD `cause` text;--> statement-breakpoint
ALTER TABLE `compositions` ADD `deadline` integer;--> statement-breakpoint
ALTER TABLE `compositions` ADD `run` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `contexts` ADD `groups` text;