CREATE TABLE `budget_changes` (
	`commit` integer NOT NULL,
	`part` integer NOT NULL,
	`authority` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`context` text NOT NULL,
	`peer` text NOT NULL,
	`limit` integer NOT NULL,
	`spent` integer NOT NULL,
	`epoch` integer NOT NULL,
	PRIMARY KEY(`commit`, `part`)
);
--> statement-breakpoint
CREATE INDEX `budget_changes_authority_commit` ON `budget_changes` (`authority`,`commit`);--> statement-breakpoint
CREATE TABLE `budgets` (
	`authority` text NOT NULL,
	`context` text NOT NULL,
	`peer` text NOT NULL,
	`limit` integer NOT NULL,
	`spent` integer NOT NULL,
	`epoch` integer NOT NULL,
	`account` text NOT NULL,
	`limited` integer NOT NULL,
	`seq` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `context`, `peer`)
);
--> statement-breakpoint
CREATE TABLE `bundles` (
	`id` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`left` text,
	`right` text,
	`protocols` text NOT NULL,
	`exports` text NOT NULL,
	`imports` text NOT NULL,
	`at` integer NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ceremonies` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`context` text NOT NULL,
	`initiator` text NOT NULL,
	`threshold` integer NOT NULL,
	`participants` integer NOT NULL,
	`prestate` text NOT NULL,
	`operation` text NOT NULL,
	`pending_epoch` integer NOT NULL,
	`title` text,
	`status` text NOT NULL,
	`started` integer NOT NULL,
	`deadline` integer NOT NULL,
	`ended` integer,
	`reason` text,
	`successor` text,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ceremonies_status_deadline_id` ON `ceremonies` (`status`,`deadline`,`id`);--> statement-breakpoint
CREATE INDEX `ceremonies_context_prestate` ON `ceremonies` (`context`,`prestate`);--> statement-breakpoint
CREATE TABLE `ceremony_answers` (
	`ceremony` text NOT NULL,
	`participant` text NOT NULL,
	`accept` integer NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`ceremony`, `participant`)
);
--> statement-breakpoint
CREATE TABLE `ceremony_sessions` (
	`session` text PRIMARY KEY NOT NULL,
	`ceremony` text NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ceremony_sessions_ceremony` ON `ceremony_sessions` (`ceremony`);--> statement-breakpoint
CREATE TABLE `composition_steps` (
	`commit` integer PRIMARY KEY NOT NULL,
	`composition` text NOT NULL,
	`event` text NOT NULL,
	`phase` text,
	`session` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `composition_steps_composition_commit` ON `composition_steps` (`composition`,`commit`);--> statement-breakpoint
CREATE INDEX `composition_steps_session` ON `composition_steps` (`session`);--> statement-breakpoint
CREATE TABLE `compositions` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`steps` integer NOT NULL,
	`started` integer NOT NULL,
	`updated` integer NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `delegations` (
	`commit` integer PRIMARY KEY NOT NULL,
	`session` text NOT NULL,
	`giver` text NOT NULL,
	`receiver` text NOT NULL,
	`bundle` text NOT NULL,
	`context` text NOT NULL,
	`generation` integer NOT NULL,
	`scope` text NOT NULL,
	`fact` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `delegations_session_commit` ON `delegations` (`session`,`commit`);--> statement-breakpoint
CREATE TABLE `epochs` (
	`authority` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `facts` (
	`stream` text NOT NULL,
	`id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`type` text NOT NULL,
	`version` integer,
	`by` text NOT NULL,
	`time` text NOT NULL,
	`ms` integer,
	`order` text NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`stream`, `id`)
);
--> statement-breakpoint
CREATE INDEX `facts_stream_order_id` ON `facts` (`stream`,`order`,`id`);--> statement-breakpoint
CREATE INDEX `facts_type_stream` ON `facts` (`type`,`stream`);--> statement-breakpoint
CREATE INDEX `facts_by_stream` ON `facts` (`by`,`stream`);--> statement-breakpoint
CREATE INDEX `facts_ms_stream` ON `facts` (`ms`,`stream`);--> statement-breakpoint
CREATE TABLE `footprints` (
	`authority` text NOT NULL,
	`session` text NOT NULL,
	`class` text NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `session`)
);
--> statement-breakpoint
CREATE INDEX `footprints_session` ON `footprints` (`session`);--> statement-breakpoint
CREATE TABLE `fragments` (
	`session` text NOT NULL,
	`fragment` text NOT NULL,
	`owner` text NOT NULL,
	`protocol` text NOT NULL,
	`bundle` text,
	`commit` integer NOT NULL,
	PRIMARY KEY(`session`, `fragment`)
);
--> statement-breakpoint
CREATE TABLE `group_keys` (
	`authority` text NOT NULL,
	`ceremony` text NOT NULL,
	`purpose` text NOT NULL,
	`context` text NOT NULL,
	`epoch` integer NOT NULL,
	`public_key` text NOT NULL,
	`threshold` integer NOT NULL,
	`state` text NOT NULL,
	`seq` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `ceremony`)
);
--> statement-breakpoint
CREATE TABLE `keys` (
	`authority` text NOT NULL,
	`key` text NOT NULL,
	`purpose` text NOT NULL,
	`device` text NOT NULL,
	`epoch` integer NOT NULL,
	`retired` integer,
	`reason` text,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `key`, `purpose`, `device`)
);
--> statement-breakpoint
CREATE TABLE `leakages` (
	`authority` text NOT NULL,
	`context` text NOT NULL,
	`external` integer,
	`neighbor` integer,
	`in_group` integer,
	`reset` integer,
	`seq` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `context`)
);
--> statement-breakpoint
CREATE TABLE `leaks` (
	`commit` integer NOT NULL,
	`part` integer NOT NULL,
	`authority` text NOT NULL,
	`context` text NOT NULL,
	`session` text NOT NULL,
	`external` integer NOT NULL,
	`neighbor` integer NOT NULL,
	`in_group` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`commit`, `part`)
);
--> statement-breakpoint
CREATE INDEX `leaks_authority_context_at` ON `leaks` (`authority`,`context`,`at`);--> statement-breakpoint
CREATE TABLE `migration_steps` (
	`commit` integer PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`event` text NOT NULL,
	`migration` text,
	`version` integer,
	`changed` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `migration_steps_subject_commit` ON `migration_steps` (`subject`,`commit`);--> statement-breakpoint
CREATE TABLE `owners` (
	`session` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`generation` integer NOT NULL,
	`scope` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `presentations` (
	`authority` text NOT NULL,
	`device` text NOT NULL,
	`token` text,
	`seq` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `device`)
);
--> statement-breakpoint
CREATE TABLE `receipts` (
	`commit` integer NOT NULL,
	`part` integer NOT NULL,
	`id` text NOT NULL,
	`authority` text NOT NULL,
	`seq` integer NOT NULL,
	`context` text NOT NULL,
	`peer` text NOT NULL,
	`session` text NOT NULL,
	`edge` text NOT NULL,
	`label` text NOT NULL,
	`device` text NOT NULL,
	`epoch` integer NOT NULL,
	`cost` integer NOT NULL,
	`nonce` integer NOT NULL,
	`prev` text NOT NULL,
	`tick` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`commit`, `part`)
);
--> statement-breakpoint
CREATE INDEX `receipts_id` ON `receipts` (`id`);--> statement-breakpoint
CREATE INDEX `receipts_authority_commit` ON `receipts` (`authority`,`commit`);--> statement-breakpoint
CREATE INDEX `receipts_session_commit` ON `receipts` (`session`,`commit`);--> statement-breakpoint
CREATE INDEX `receipts_authority_context_peer_commit` ON `receipts` (`authority`,`context`,`peer`,`commit`);--> statement-breakpoint
CREATE TABLE `refusals` (
	`commit` integer PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`subject` text NOT NULL,
	`code` text NOT NULL,
	`variant` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `refusals_subject` ON `refusals` (`subject`);--> statement-breakpoint
CREATE TABLE `replicas` (
	`context` text NOT NULL,
	`authority` text NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`context`, `authority`)
);
--> statement-breakpoint
CREATE TABLE `runtimes` (
	`bundle` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`members` text NOT NULL,
	`commit` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokens` (
	`authority` text NOT NULL,
	`id` text NOT NULL,
	`issuer` text NOT NULL,
	`holder` text NOT NULL,
	`device` text NOT NULL,
	`scope` text NOT NULL,
	`context` text,
	`parent` text,
	`capabilities` text NOT NULL,
	`expires` integer,
	`revoked` integer,
	`reason` text,
	`revocations` text NOT NULL,
	`at` integer NOT NULL,
	`seq` integer NOT NULL,
	`commit` integer NOT NULL,
	PRIMARY KEY(`authority`, `id`)
);
--> statement-breakpoint
CREATE INDEX `tokens_holder` ON `tokens` (`holder`);--> statement-breakpoint
CREATE INDEX `tokens_parent` ON `tokens` (`parent`);--> statement-breakpoint
CREATE TABLE `upgrades` (
	`commit` integer PRIMARY KEY NOT NULL,
	`bundle` text NOT NULL,
	`upgrade` text NOT NULL,
	`plan` text NOT NULL,
	`session` text,
	`outcome` text NOT NULL,
	`reason` text,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `upgrades_bundle_commit` ON `upgrades` (`bundle`,`commit`);--> statement-breakpoint
ALTER TABLE `contexts` ADD `parted` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contexts` ADD `untyped` integer DEFAULT 0 NOT NULL;