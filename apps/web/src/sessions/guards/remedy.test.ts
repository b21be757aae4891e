import type { AuthorityView, GuardedSend } from "@parley/wire/http";
import { expect, test } from "vitest";
import { missingOf, otherTokens, remediesOf, shortOf } from "./remedy.ts";

type Denial = NonNullable<GuardedSend["denial"]>;
const denial = (part: Partial<Denial>): Denial => ({
  kind: "token",
  authority: "ada",
  text: "",
  token: null,
  budget: null,
  charge: null,
  mend: "",
  ...part,
});
const budget = { context: "ctx:s", peer: "bea", limit: 1000, spent: 800, needed: 400 };

test("each kind of denial has its own remedies; a missing escrow has none of these", () => {
  expect(remediesOf(denial({ kind: "token" }))).toEqual(["issue", "present"]);
  expect(remediesOf(denial({ kind: "budget", budget }))).toEqual(["replenish", "limit"]);
  expect(remediesOf(denial({ kind: "budget" }))).toEqual([]);
  expect(remediesOf(denial({ kind: "leakage" }))).toEqual(["leakage", "window"]);
});

test("a budget lacks what is needed beyond what is left, also where more was spent than the limit", () => {
  expect(shortOf(budget)).toBe(200);
  expect(shortOf({ ...budget, limit: 500 })).toBe(400);
});

test("a token that is revoked, shown already or without the capability is not offered", () => {
  const token = (id: string, part: Partial<AuthorityView["tokens"][number]>) =>
    ({
      id,
      capabilities: ["read"],
      scope: { kind: "contexts" },
      presentedBy: [],
      revoked: null,
      ...part,
    }) as unknown as AuthorityView["tokens"][number];
  const tokens = [
    token("good", {}),
    token("shown", { presentedBy: ["ada-phone"] }),
    token("gone", { revoked: { token: "gone", seq: 1, reason: "" } }),
    token("other", { capabilities: ["write"] }),
    token("disk", { scope: { kind: "storage", path: "/a" } }),
  ];
  const view = { tokens } as unknown as AuthorityView;
  expect(otherTokens(view, "ada-phone", "read").map(({ id }) => id)).toEqual(["good"]);
});

test("the missing capability is the subject of the verdict that denied", () => {
  const verdict = {
    guard: "capability",
    reason: null,
    code: null,
    before: null,
    after: null,
    reads: [],
  } as const;
  const verdicts = [
    { ...verdict, allow: true, subject: "read" },
    { ...verdict, allow: false, subject: "write" },
  ];
  expect(missingOf({ verdicts } as unknown as GuardedSend)).toBe("write");
});
