import type { AuthorityDetail, CheckResponse, ProtocolDetail } from "@parley/wire/http";
import { expect, test } from "vitest";
import {
  boundRoles,
  budgetProblem,
  initialForm,
  numberProblem,
  openNumbers,
  requestOf,
  SEATED_BY_HAND,
  seatsOf,
  withNumber,
} from "./open-form.ts";

const check: CheckResponse = {
  verdict: "sound",
  diagnostics: [],
  name: "P",
  namespace: null,
  roles: [
    { name: "Lead", size: null },
    { name: "W", size: "N" },
    { name: "Pair", size: 2 },
  ],
  parameters: ["N", "rounds"],
};

const protocol: ProtocolDetail = {
  id: "p",
  name: "P",
  namespace: null,
  origin: "catalogue",
  hidden: false,
  verdict: "sound",
  roles: ["Lead", "W", "Pair"],
  latestVersion: "a".repeat(64),
  versions: 1,
  sessions: 0,
  lastSession: null,
  updatedAt: 0,
  category: { declared: "A", by: "page", findings: [] },
  source: "",
  draftRevision: 0,
  page: null,
  scenario: { families: { W: 4 }, names: {}, title: "A try" },
};

const cast: readonly AuthorityDetail[] = ["ada", "bea"].map((id) => ({
  id,
  name: id,
  hue: 0,
  devices: [1, 2].map((n) => ({ id: `${id}-${n}`, name: `${n}` })),
}));

test("asks for the size of an open family by its family, and for the names that are left", () => {
  expect(openNumbers(check)).toEqual([
    { kind: "family", name: "W" },
    { kind: "name", name: "rounds" },
  ]);
});

test("as it first stands the form can be sent: scenario's numbers, everybody seated", () => {
  const request = requestOf(protocol, check, initialForm(protocol, check), cast);
  expect(request.families).toEqual({ W: 4 });
  expect(request.names).toEqual({ rounds: 1 });
  expect(request.title).toBe("P");
  expect(request.seats?.map(({ role }) => role)).toEqual([
    "Lead",
    "W[0]",
    "W[1]",
    "W[2]",
    "W[3]",
    "Pair[0]",
    "Pair[1]",
  ]);
});

test("who chose a seat keeps it, and the cast goes round with the next device", () => {
  const form = { ...initialForm(protocol, check), seats: { Lead: "bea/bea-2" } };
  expect([...seatsOf(["Lead", "W[0]", "W[1]", "W[2]"], form, cast)]).toEqual([
    ["Lead", "bea/bea-2"],
    ["W[0]", "ada/ada-1"],
    ["W[1]", "bea/bea-1"],
    ["W[2]", "ada/ada-2"],
  ]);
});

test("a large family is left to the server to seat", () => {
  const large = withNumber(initialForm(protocol, check), { kind: "family", name: "W" }, "1000");
  expect(boundRoles(check, large).length).toBeGreaterThan(SEATED_BY_HAND);
  expect(requestOf(protocol, check, large, cast).seats).toBeUndefined();
});

test("what is granted and what may be spent go with the request; a protocol from elsewhere is granted nothing unasked", () => {
  const first = initialForm(protocol, check);
  expect(requestOf(protocol, check, first, cast)).toMatchObject({ grant: "none" });
  expect(requestOf(protocol, check, first, cast)).not.toHaveProperty("budget");
  expect(initialForm({ ...protocol, origin: "mine" }, check).grant).toBe(true);
  const chosen = { ...first, grant: true, budget: "250" };
  expect(requestOf(protocol, check, chosen, cast)).toMatchObject({ grant: "declared", budget: 250 });
  expect(["", "0", "250"].map(budgetProblem)).toEqual([undefined, undefined, undefined]);
  for (const text of ["-1", "1.5", "x"]) expect(budgetProblem(text)).toBeDefined();
});

test("a parity profile goes with the request where one is chosen", () => {
  const form = initialForm(protocol, check);
  expect(requestOf(protocol, check, form, cast)).not.toHaveProperty("parity");
  const asked = { ...form, parity: "native_threaded" };
  expect(requestOf(protocol, check, asked, cast)).toMatchObject({ parity: "native_threaded" });
});

test("only whole numbers within the limit are taken", () => {
  expect(["3", "0", "10000"].map(numberProblem)).toEqual([undefined, undefined, undefined]);
  for (const text of ["", "-1", "2.5", "10001", "1e3", "x"]) expect(numberProblem(text)).toBeDefined();
});
