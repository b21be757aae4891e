import type { Name } from "../constructs/name.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { TopologyFile } from "./node.ts";
import { TopologyReader } from "./reader.ts";

/** What reading a topology file gives. `topology` is missing only when its head could not be read. */
export interface TopologyRead {
  readonly topology?: TopologyFile;
  readonly diagnostics: readonly Diagnostic[];
}

type Parts = {
  -readonly [K in "places" | "counts" | "capacities" | "constraints"]: TopologyFile[K][number][];
};

const blocks = ["role_constraints", "channel_capacities", "constraints"] as const;

/**
 * Reads a topology file (language chapter §20). Never throws: what could not
 * be read is in `diagnostics`, each with a stable code (PAR3701 and on).
 *
 * @example parseTopologyFile("topology T for P { A: local; B: host.example:7000 }").topology?.places.length // 2
 */
export const parseTopologyFile = (source: string): TopologyRead => {
  const r = new TopologyReader(source);
  const start = r.span.start;
  if (!r.word("topology")) return { diagnostics: r.diagnostics };
  const name = r.name("the name of the topology");
  const protocol = name !== undefined && r.word("for") ? r.name("the name of a protocol") : undefined;
  if (name === undefined || protocol === undefined || !r.symbol("{")) return { diagnostics: r.diagnostics };
  const mode = r.isWord("mode") && r.isSymbol(":", 1) ? readMode(r) : undefined;
  const parts: Parts = { places: [], counts: [], capacities: [], constraints: [] };
  readInside(r, parts);
  const end = r.span.end;
  r.symbol("}");
  if (!r.atEnd) r.fail("the end of the file");
  return {
    topology: {
      kind: "topologyFile",
      name,
      protocol,
      ...(mode === undefined ? {} : { mode }),
      ...parts,
      span: { start, end },
    },
    diagnostics: r.diagnostics,
  };
};

/** `mode: local`; other modes, with or without an argument, are reported and read over. */
const readMode = (r: TopologyReader): Name | undefined => {
  r.next();
  r.symbol(":");
  const mode = r.name("a mode");
  if (mode === undefined) {
    r.recover();
    return undefined;
  }
  if (r.isSymbol("(")) {
    while (!r.atEnd && !r.isSymbol(")") && !r.isSymbol("}")) r.next();
    r.eatSymbol(")");
  }
  r.eatSymbol(";");
  if (mode.text === "local") return mode;
  r.report("topologyMode", mode.span, {
    args: { mode: mode.text },
    fix: { title: "Write `local`", edits: [{ span: mode.span, text: "local" }] },
  });
  return undefined;
};

const readInside = (r: TopologyReader, parts: Parts): void => {
  let reached = -1;
  while (!r.atEnd && !r.isSymbol("}")) {
    const before = r.span.start;
    const block = r.isSymbol("{", 1) ? blocks.findIndex((word) => r.isWord(word)) : -1;
    const word = blocks[block];
    if (word === undefined) readPlace(r, parts, reached >= 0);
    else {
      if (block <= reached) r.report("topologyOrder", r.span, { args: { found: word } });
      reached = Math.max(reached, block);
      r.next();
      readBlock(r, () => readLine(r, word, parts));
    }
    if (r.span.start === before) r.next();
  }
};

const readLine = (r: TopologyReader, block: (typeof blocks)[number], parts: Parts): boolean => {
  if (block === "role_constraints") return add(parts.counts, r.count());
  if (block === "channel_capacities") return add(parts.capacities, r.capacity());
  return add(parts.constraints, r.constraint());
};

const add = <X>(list: X[], read: X | undefined): boolean => {
  if (read !== undefined) list.push(read);
  return read !== undefined;
};

const readBlock = (r: TopologyReader, line: () => boolean): void => {
  r.symbol("{");
  while (!r.atEnd && !r.isSymbol("}")) {
    const before = r.span.start;
    if (!line()) r.recover();
    r.eatSymbol(";");
    if (r.span.start === before) r.next();
  }
  r.symbol("}");
};

const readPlace = (r: TopologyReader, parts: Parts, late: boolean): void => {
  const start = r.span.start;
  const role = r.name("a role, a block or `}`");
  if (role !== undefined && late) r.report("topologyOrder", role.span, { args: { found: role.text } });
  const location = role !== undefined && r.symbol(":") ? r.location() : undefined;
  if (role === undefined || location === undefined) r.recover();
  else parts.places.push({ role, location, span: { start, end: location.span.end } });
  r.eatSymbol(";");
};
