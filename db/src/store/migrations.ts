import { readFileSync } from "node:fs";
import { type Hash, hashText } from "@parley/wire";

/** One migration as drizzle-kit writes it: a tag and statements between breakpoints. */
export interface Migration {
  readonly tag: string;
  readonly hash: Hash;
  readonly statements: readonly string[];
}

const FOLDER = new URL("../../migrations/", import.meta.url);

/** A migration from the text of its file. */
export const migrationOf = (tag: string, sql: string): Migration => ({
  tag,
  hash: hashText(sql),
  statements: sql
    .split("--> statement-breakpoint")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== ""),
});

/** The migrations shipped in `db/migrations`, in order. A database's version is how many it has. */
export const shippedMigrations = (): readonly Migration[] => {
  const journal = JSON.parse(readFileSync(new URL("meta/_journal.json", FOLDER), "utf8")) as {
    readonly entries: readonly { readonly tag: string }[];
  };
  return journal.entries.map(({ tag }) =>
    migrationOf(tag, readFileSync(new URL(`${tag}.sql`, FOLDER), "utf8")),
  );
};
