CREATE TABLE `authorities` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hue` integer NOT NULL,
	`created` integer NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contexts` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`created` integer NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `devices` (
	`authority` text NOT NULL,
	`device` text NOT NULL,
	`name` text NOT NULL,
	`added` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `device`)
);
--> statement-breakpoint
CREATE TABLE `drafts` (
	`protocol` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entries` (
	`commit` integer PRIMARY KEY NOT NULL,
	`stream` integer NOT NULL,
	`seq` integer NOT NULL,
	`bytes` blob NOT NULL,
	`hash` blob NOT NULL,
	`prev` blob NOT NULL,
	FOREIGN KEY (`stream`) REFERENCES `streams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_stream_seq` ON `entries` (`stream`,`seq`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`answer` text NOT NULL,
	`commit` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`actor`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_at` ON `idempotency` (`at`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `protocols` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`origin` text NOT NULL,
	`namespace` text,
	`hidden` integer NOT NULL,
	`latest` text,
	`created` integer NOT NULL,
	`updated` integer NOT NULL,
	`head` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `protocols_head` ON `protocols` (`head`);--> statement-breakpoint
CREATE TABLE `registrations` (
	`protocol_id` text PRIMARY KEY NOT NULL,
	`class` text NOT NULL,
	`budget` integer NOT NULL,
	`policy` text NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `seats` (
	`session` text NOT NULL,
	`role` text NOT NULL,
	`authority` text NOT NULL,
	`device` text NOT NULL,
	PRIMARY KEY(`session`, `role`)
);
--> statement-breakpoint
CREATE INDEX `seats_authority` ON `seats` (`authority`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text DEFAULT '' NOT NULL,
	`protocol` text,
	`version` text,
	`image` text,
	`semantics` integer,
	`policy` text,
	`drive` text,
	`clock` text,
	`parent` text,
	`fork_seq` integer,
	`status` text DEFAULT 'open' NOT NULL,
	`seq` integer DEFAULT -1 NOT NULL,
	`created` integer NOT NULL,
	`updated` integer NOT NULL,
	`head` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_protocol` ON `sessions` (`protocol`);--> statement-breakpoint
CREATE INDEX `sessions_parent` ON `sessions` (`parent`);--> statement-breakpoint
CREATE TABLE `snapshots` (
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`semantics` integer NOT NULL,
	`entry_hash` text NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`stream`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `streams` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `streams_name_unique` ON `streams` (`name`);--> statement-breakpoint
CREATE TABLE `versions` (
	`commit` integer PRIMARY KEY NOT NULL,
	`protocol` text NOT NULL,
	`version` text NOT NULL,
	`source` text NOT NULL,
	`label` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `versions_protocol` ON `versions` (`protocol`,`commit`);--> statement-breakpoint
CREATE INDEX `versions_version` ON `versions` (`version`);