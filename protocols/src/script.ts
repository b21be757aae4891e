import { type OpenSessionRequest, scriptSchema } from "@parley/wire/http";
import { parse, TomlError } from "smol-toml";

/** What a session is opened with to be decided by a script. */
export interface Script {
  readonly families: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, number>>;
  readonly script: NonNullable<OpenSessionRequest["script"]>;
}

/** What is wrong with the text of a script, and where: `line 3, column 9`, or `decide[2].take`. */
export interface ScriptTextError {
  readonly at: string;
  readonly reason: string;
}

export type ReadScript =
  | { readonly ok: true; readonly value: Script }
  | { readonly ok: false; readonly errors: readonly ScriptTextError[] };

const known = new Set(["title", "families", "names", "decide", "payload", "fail"]);

const tableOf = (toml: string): Record<string, unknown> | ScriptTextError => {
  try {
    return parse(toml) as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [reason = "not TOML"] = cause.message.split("\n");
    return { at: `line ${cause.line}, column ${cause.column}`, reason };
  }
};

const isError = (value: Record<string, unknown> | ScriptTextError): value is ScriptTextError =>
  typeof value.at === "string" && typeof value.reason === "string";

const place = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );

const badSizes = (what: string, value: unknown): readonly ScriptTextError[] => {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ at: what, reason: "must be a table of numbers" }];
  return Object.entries(value)
    .filter(([, size]) => !Number.isSafeInteger(size) || (size as number) < 0)
    .map(([name]) => ({ at: `${what}.${name}`, reason: "must be a whole number" }));
};

/**
 * Reads the text of a script: rows `[[decide]]`, `[[payload]]` and `[[fail]]`,
 * and the numbers a scenario binds. Every scenario of the catalogue is one.
 * All errors at once, each with its place.
 *
 * @example
 * readScript('[[decide]]\nrole = "Buyer"\ntake = "Buy"\n', "checkout.toml")
 */
export const readScript = (toml: string, name: string): ReadScript => {
  const table = tableOf(toml);
  if (isError(table)) return { ok: false, errors: [table] };
  const { title, families, names, decide, payload, fail } = table;
  const errors: ScriptTextError[] = Object.keys(table)
    .filter((key) => !known.has(key))
    .map((key) => ({ at: key, reason: "is no part of a script" }));
  errors.push(...badSizes("families", families), ...badSizes("names", names));
  const rows = scriptSchema.safeParse({ name: title ?? name, decide, payload, fail });
  if (!rows.success)
    errors.push(...rows.error.issues.map(({ path, message }) => ({ at: place(path), reason: message })));
  if (!rows.success || errors.length > 0) return { ok: false, errors };
  const sizes = (value: unknown): Readonly<Record<string, number>> => (value ?? {}) as Record<string, number>;
  return { ok: true, value: { families: sizes(families), names: sizes(names), script: rows.data } };
};
