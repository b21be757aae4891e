import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { check } from "./check.ts";
import { isAdmissionCode } from "./diagnostics/admission-code.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { firstReferenceParseError, firstReferenceValidationError } from "./diagnostics/reference-kind.ts";
import { parse } from "./parse.ts";
import { LineIndex } from "./text/line-index.ts";

const shared =
  process.env.PARLEY_SHARED ?? join(dirname(fileURLToPath(import.meta.url)), "../../../../shared");
const conformance = join(shared, "conformance");

interface Golden {
  readonly parse: {
    readonly ok: boolean;
    readonly kind?: string;
    readonly line?: number;
    readonly message?: string;
    readonly name?: string;
    readonly namespace?: string | null;
    readonly roles?: readonly { readonly name: string; readonly param?: string }[];
  };
  readonly compile?: {
    readonly ok: boolean;
    readonly kind?: string;
    readonly error?: string;
    readonly role?: string;
  };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const names = (folder: string): string[] =>
  readdirSync(join(conformance, folder))
    .filter((file) => file.endsWith(".tell"))
    .map((file) => file.slice(0, -".tell".length))
    .sort();

function analyse(folder: string, name: string) {
  const source = readFileSync(join(conformance, folder, `${name}.tell`), "utf8");
  const { file, diagnostics } = parse(source);
  const all: Diagnostic[] = [...diagnostics, ...check(file, diagnostics)];
  const lines = new LineIndex(source);
  return {
    file,
    all,
    // What only admission refuses is a later stage of the reference.
    errors: all.filter((d) => d.severity === "error" && !isAdmissionCode(d.code)),
    lineOf: (d: Diagnostic): number => lines.positionAt(d.span.start).line,
  };
}

/**
 * Cases whose parse or compile verdict we change beyond `deviating.json`:
 * design §5.5 makes unguarded recursion an error; model §3 reads a plain
 * family name as the whole family.
 */
const ownVerdict = new Set(["rec-unguarded", "role-family-runtime-plain"]);

/** Cases whose error we place where it is (design §5.4): at the operation, not at the interface around it. */
const ownLine = new Set(["effect-missing-metadata"]);

describe.skipIf(!existsSync(conformance))("the parse of the reference's own cases", () => {
  const deviating = (
    existsSync(conformance) ? readJson(join(conformance, "deviating.json")) : {}
  ) as Readonly<Record<string, { readonly skip: readonly string[] }>>;
  const cases = existsSync(conformance) ? names("language") : [];
  const skips = (name: string): readonly string[] => deviating[`language/${name}`]?.skip ?? [];

  it.each(cases)("%s", (name) => {
    const golden = readJson(join(conformance, "language", `${name}.golden.json`)) as Golden;
    const { file, all, lineOf } = analyse("language", name);
    if (skips(name).includes("parse")) return;
    const first = firstReferenceParseError(all);
    if (golden.parse.ok) {
      expect(first).toBeUndefined();
      expect(file.protocol?.name.text).toBe(golden.parse.name);
      expect(file.module?.name.text ?? null).toBe(golden.parse.namespace);
      expect(rolesOf(file.protocol?.roles ?? [])).toEqual(golden.parse.roles);
      return;
    }
    expect(first?.error.kind).toBe(golden.parse.kind);
    if (
      golden.parse.line !== undefined &&
      !ownLine.has(name) &&
      !skips(name).includes("parse.line") &&
      first !== undefined
    ) {
      expect(lineOf(first.diagnostic)).toBe(golden.parse.line);
    }
    const phrase = first?.error.phrase;
    if (phrase !== undefined) expect(golden.parse.message?.toLowerCase()).toContain(phrase.toLowerCase());
  });

  it.each(cases)("%s is valid exactly when the reference says so", (name) => {
    const golden = readJson(join(conformance, "language", `${name}.golden.json`)) as Golden;
    const { all, errors } = analyse("language", name);
    const { compile } = golden;
    if (compile === undefined || ownVerdict.has(name)) return;
    if (skips(name).includes("compile")) return;
    if (compile.kind === "Validation") {
      const first = firstReferenceValidationError(all);
      expect(first?.error.kind).toBe(compile.error);
    } else expect(errors).toEqual([]);
  });
});

interface Expectation {
  readonly outcome: "accept" | "reject" | "accept-or-reject" | "run";
  readonly sound: string;
}

/** Cases that only projection or merging can reject. */
const laterStages = new Set(["bystander-told-only-sometimes", "par-second-arm-lost-after-choice"]);

describe.skipIf(!existsSync(conformance))("the deliberate deviations", () => {
  const cases = existsSync(conformance) ? names("deviations") : [];

  it.each(cases.filter((name) => !laterStages.has(name)))("%s", (name) => {
    const { outcome, sound } = readJson(
      join(conformance, "deviations", `${name}.expect.json`),
    ) as Expectation;
    const { errors, lineOf } = analyse("deviations", name);
    if (outcome === "accept-or-reject") return;
    if (outcome !== "reject") {
      expect(errors).toEqual([]);
      return;
    }
    const line = /(?:at|the choice at) line (\d+)/.exec(sound)?.[1];
    expect(errors).not.toEqual([]);
    if (line !== undefined) expect(errors.map(lineOf)).toContain(Number(line));
  });
});

function rolesOf(roles: NonNullable<ReturnType<typeof parse>["file"]["protocol"]>["roles"]) {
  return roles.map(({ name, param }) => {
    if (param === undefined) return { name: name.text };
    const text = param.kind === "static" ? String(param.count) : param.kind === "symbolic" ? param.name : "*";
    return { name: name.text, param: text };
  });
}
