CREATE TABLE `timers` (
	`session` text NOT NULL,
	`timer` text NOT NULL,
	`coroutine` integer NOT NULL,
	`role` text NOT NULL,
	`scopes` text NOT NULL,
	`deadline` integer NOT NULL,
	PRIMARY KEY(`session`, `timer`)
);
