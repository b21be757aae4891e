import type { OwnershipView } from "@parley/wire/http";
import { expect, test } from "vitest";
import { standingRows } from "./standing-rows.ts";

const view = {
  owner: { owner: "ada", generation: 1, scope: { kind: "session" } },
  generation: 1,
  boundary: { protocols: [], fragments: [], scope: { kind: "session" } },
  fragments: [{ key: "bundle:moving", owner: "ada", protocol: "p", bundle: "moving" }],
  rights: [
    { authority: "ada", footprint: "native" },
    { authority: "bea", footprint: null },
  ],
} as unknown as OwnershipView;

const changed = (before: OwnershipView, after: OwnershipView): readonly string[] =>
  standingRows(before, after).flatMap(({ name, same }) => (same ? [] : [name]));

test("a view and the same read again differ in nothing", () => {
  expect(standingRows(view, structuredClone(view))).toEqual([
    { name: "Owner", before: "ada", after: "ada", same: true },
    { name: "Generation", before: "1", after: "1", same: true },
    { name: "Scope", before: "the whole session", after: "the whole session", same: true },
    { name: "Fragments", before: "bundle:moving: ada", after: "bundle:moving: ada", same: true },
    { name: "Footprints", before: "ada: native", after: "ada: native", same: true },
  ]);
});

test("each part that moved is marked, and no other", () => {
  const [fragment] = view.fragments;
  const cases: readonly (readonly [string, Partial<OwnershipView>])[] = [
    ["Owner", { owner: { owner: "chan", generation: 1, scope: { kind: "session" } } }],
    ["Generation", { generation: 2 }],
    [
      "Scope",
      { owner: { owner: "ada", generation: 1, scope: { kind: "fragments", keys: ["bundle:moving"] } } },
    ],
    ["Fragments", { fragments: fragment ? [{ ...fragment, owner: "chan" }] : [] }],
    ["Footprints", { rights: view.rights.map((one) => ({ ...one, footprint: "delegatedOut" as const })) }],
  ];
  for (const [name, part] of cases) expect(changed(view, { ...view, ...part })).toEqual([name]);
});

test("a session that nobody owns any more has lost its owner", () => {
  expect(changed(view, { ...view, owner: null })).toEqual(["Owner", "Scope"]);
});
