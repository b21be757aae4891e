import { type Predicate, parsePredicate } from "../observe/predicate.ts";
import type { Fields } from "./fields.ts";
import type { Property } from "./scenario.ts";

const noFaults: Predicate = {
  kind: "compare",
  op: "==",
  left: { kind: "fact", name: "faults", args: [], at: 0 },
  right: { kind: "value", value: 0 },
};

/** Reads a predicate: Parley's language, and the reference's words that it has too. */
const readPredicate = (of: Fields, key: string, text: string): Predicate | undefined => {
  const trimmed = text.trim();
  if (trimmed === "no_faults") return noFaults;
  if (/^(simplex|distance_to_equilibrium)\b/.test(trimmed)) {
    notNumeric(of, key, trimmed);
    return undefined;
  }
  const parsed = parsePredicate(trimmed);
  if (parsed.ok) return parsed.predicate;
  const { at, expected, found } = parsed.error;
  of.report(
    "bad-property",
    key,
    `unsupported predicate ${JSON.stringify(text)}: at ${at} stands ${found}, expected ${expected}`,
    "Write a predicate such as `sent(Order) <= 2 && !Buyer.done`.",
  );
  return undefined;
};

const notNumeric = (of: Fields, key: string, text: string): void =>
  of.report(
    "not-supported",
    key,
    `${text} looks at numeric state of roles, which protocols here do not have`,
    "Use a predicate over messages and roles.",
  );

type Call = { readonly name: string; readonly args: readonly string[] };

const callOf = (text: string): Call | undefined => {
  const open = text.indexOf("(");
  if (open < 0 || !text.endsWith(")")) return undefined;
  const args = text.slice(open + 1, -1).split(",");
  return { name: text.slice(0, open), args: args.map((arg) => arg.trim()).filter((arg) => arg !== "") };
};

const numbersOf = (
  of: Fields,
  { name, args }: Call,
  names: readonly string[],
): readonly number[] | undefined => {
  const bad = (reason: string): undefined => {
    of.report(
      "bad-property",
      "invariants",
      reason,
      `Write ${name}(${names.map(() => "0").join(",")}) with whole numbers.`,
    );
    return undefined;
  };
  if (args.length !== names.length)
    return bad(`${name} requires (${names.map((n) => (n === "session id" ? "sid" : n)).join(",")})`);
  const numbers = args.map((arg) => (/^\d{1,9}$/.test(arg) ? Number(arg) : undefined));
  const wrong = numbers.indexOf(undefined);
  if (wrong >= 0) return bad(`invalid ${names[wrong]} in ${name}(${args.join(",")})`);
  return numbers.map((number) => number ?? 0);
};

/** One of the reference's invariants (spec/simulation.md §3.1). */
const readInvariant = (of: Fields, text: string): Property | undefined => {
  if (text === "no_faults") return { kind: "noFaults", name: "no_faults" };
  if (text === "simplex") {
    notNumeric(of, "invariants", text);
    return undefined;
  }
  const call = callOf(text);
  switch (call?.name) {
    case "buffer_bound": {
      const [sid, max] = numbersOf(of, call, ["session id", "max"]) ?? [];
      if (sid === undefined || max === undefined) return undefined;
      return { kind: "bufferBound", name: `buffer_bound[${sid},${max}]`, sid, max };
    }
    case "send_recv_liveness": {
      const [sid, bound] = numbersOf(of, call, ["session id", "bound"]) ?? [];
      if (sid === undefined || bound === undefined) return undefined;
      return { kind: "sendReceive", name: `send_recv_liveness[${sid}]`, sid, bound };
    }
    case "type_monotonicity": {
      const [sid] = numbersOf(of, call, ["session id"]) ?? [];
      return sid === undefined ? undefined : { kind: "monotonic", name: `type_monotonicity[${sid}]`, sid };
    }
    default:
      of.report(
        "bad-property",
        "invariants",
        `unknown property: ${text}`,
        "Write no_faults, buffer_bound(sid,max), send_recv_liveness(sid,bound) or type_monotonicity(sid).",
      );
      return undefined;
  }
};

/** `always`, `never`, `eventually`: a predicate, or a table with its name. */
const readWatched = (of: Fields, kind: "always" | "never" | "eventually"): readonly Property[] =>
  of.list(kind).flatMap((item, i): readonly Property[] => {
    const path = `${of.at(kind)}[${i}]`;
    if (typeof item === "string") {
      const predicate = readPredicate(of, `${kind}[${i}]`, item);
      return predicate === undefined ? [] : [{ kind, name: `${kind}: ${item.trim()}`, predicate, path }];
    }
    const table = of.tables(kind, ["name", "predicate"])[i];
    if (table === undefined) return [];
    const [name, text] = [table.text("name"), table.text("predicate")];
    const predicate = readPredicate(table, "predicate", text);
    return predicate === undefined ? [] : [{ kind, name, predicate, path }];
  });

const readLiveness = (of: Fields): readonly Property[] =>
  of.tables("liveness", ["name", "precondition", "goal", "bound"]).flatMap((table) => {
    const name = table.text("name");
    const precondition = readPredicate(table, "precondition", table.text("precondition"));
    const goal = readPredicate(table, "goal", table.text("goal"));
    const bound = table.count("bound", undefined);
    return precondition === undefined || goal === undefined
      ? []
      : [{ kind: "liveness", name, precondition, goal, bound, path: table.path } as const];
  });

/** Reads `[properties]` (spec/simulation.md §3.8) with `always`, `never` and `eventually`. Names are made unique. */
export const readProperties = (of: Fields): readonly Property[] => {
  const table = of.table("properties", ["invariants", "always", "never", "eventually", "liveness"]);
  const found = [
    ...table.texts("invariants").flatMap((text) => readInvariant(table, text.trim()) ?? []),
    ...(["always", "never", "eventually"] as const).flatMap((kind) => readWatched(table, kind)),
    ...readLiveness(table),
  ];
  found.forEach(({ name }, i) => {
    if (found.findIndex((other) => other.name === name) < i)
      table.report("bad-name", "", `two properties are named ${name}`, "Give each property its own name.");
  });
  return found;
};

/** Predicates of `expect.holds`. */
export const readHolds = (of: Fields) =>
  of.texts("holds").flatMap((text, i) => {
    const predicate = readPredicate(of, `holds[${i}]`, text);
    return predicate === undefined ? [] : [{ text, predicate, path: `${of.at("holds")}[${i}]` }];
  });
