import type { FrameRow, MessageRow, SequenceModel, SequenceRow } from "../diagram/sequence-model.ts";
import type { Span } from "../text/span.ts";

/** A statement as it is compared: what it says, and the statements inside it. */
export interface DiffNode {
  readonly kind: "message" | "deed" | "continue" | "frame" | "section";
  readonly id: string;
  readonly span?: Span;
  /** Whose part it is. */
  readonly roles: readonly string[];
  /** Message: its label. Frame: its kind. Section: its label. Others: their text. */
  readonly name: string;
  /** Message: `Buyer → Shop`. Frame: its title. Section: its guard. Deed: its lane. */
  readonly ends: string;
  readonly payload: string;
  readonly annotations: readonly { readonly key: string; readonly value: string }[];
  readonly children: readonly DiffNode[];
  /** Messages inside, itself included. */
  readonly messages: number;
  /** How often each message stands inside. */
  readonly bag: ReadonlyMap<string, number>;
}

const NONE = {
  payload: "",
  annotations: [],
  children: [],
  messages: 0,
  bag: new Map<string, number>(),
} as const;

const spanOf = (row: { readonly span?: Span }): { readonly span?: Span } =>
  row.span === undefined ? {} : { span: row.span };

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];

const messageNode = (row: MessageRow): DiffNode => {
  const from = unique(row.legs.map((leg) => leg.from + (leg.fromNote ?? "")));
  const to = unique(row.legs.map((leg) => leg.to + (leg.toNote ?? "")));
  const ends = `${from.join(", ")} → ${row.broadcast ? "everyone" : to.join(", ")}`;
  return {
    kind: "message",
    id: row.id,
    ...spanOf(row),
    roles: unique(row.legs.flatMap((leg) => [leg.from, leg.to])),
    name: row.label,
    ends,
    payload: row.payload,
    annotations: row.annotations,
    children: [],
    messages: 1,
    bag: new Map([[`${row.label} ${ends}`, 1]]),
  };
};

const bagOf = (nodes: readonly DiffNode[]): ReadonlyMap<string, number> => {
  const bag = new Map<string, number>();
  for (const node of nodes) {
    for (const [name, count] of node.bag) bag.set(name, (bag.get(name) ?? 0) + count);
  }
  return bag;
};

const group = (
  kind: "frame" | "section",
  row: { readonly id: string; readonly span?: Span },
  name: string,
  ends: string,
  children: readonly DiffNode[],
  deciders: readonly string[] = [],
): DiffNode => ({
  kind,
  id: row.id,
  ...spanOf(row),
  roles: unique([...deciders, ...children.flatMap((child) => child.roles)]),
  name,
  ends,
  payload: "",
  annotations: [],
  children,
  messages: children.reduce((sum, child) => sum + child.messages, 0),
  bag: bagOf(children),
});

const frameNode = (row: FrameRow, lanes: readonly string[]): DiffNode => {
  const sections = row.sections.map((section) =>
    group("section", section, section.label, section.guard ?? "", diffNodes(section.rows, lanes)),
  );
  const named = new Set(row.title.split(/[^\w[\]*]+/));
  return group(
    "frame",
    row,
    row.frame,
    row.title,
    sections,
    lanes.filter((lane) => named.has(lane)),
  );
};

const nodesOf = (row: SequenceRow, lanes: readonly string[]): readonly DiffNode[] => {
  switch (row.kind) {
    case "message":
      return [messageNode(row)];
    case "frame":
      return [frameNode(row, lanes)];
    case "deed":
      return [
        {
          ...NONE,
          kind: "deed",
          id: row.id,
          ...spanOf(row),
          roles: [row.lane],
          name: row.text,
          ends: row.lane,
        },
      ];
    case "continue":
      return [{ ...NONE, kind: "continue", id: row.id, ...spanOf(row), roles: [], name: row.text, ends: "" }];
    case "leave":
    case "note":
    case "now":
      return [];
  }
};

const diffNodes = (rows: readonly SequenceRow[], lanes: readonly string[]): readonly DiffNode[] =>
  rows.flatMap((row) => nodesOf(row, lanes));

/** The statements of a picture, without the marks that are no statements. */
export const diffTree = (model: SequenceModel): readonly DiffNode[] =>
  diffNodes(
    model.rows,
    model.lanes.map((lane) => lane.id),
  );

/** `Buyer → Shop: Order`, `choice · Buyer decides`, `arm Card`. */
export const nodeText = (node: DiffNode): string => {
  switch (node.kind) {
    case "message":
      return `${node.ends}: ${node.name}`;
    case "frame":
      return node.ends;
    case "section":
      return node.name;
    case "deed":
      return `${node.ends}: ${node.name}`;
    case "continue":
      return node.name;
  }
};
