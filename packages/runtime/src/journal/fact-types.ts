import { ceremonyFamily } from "./ceremony-family.ts";
import { edgeFactType } from "./edge-fact.ts";
import type { FactField, FactTypeDefinition } from "./fact-type.ts";
import { protocolVariants } from "./protocol-variants.ts";

/** Ceremonies that ship with Parley: who runs them, under which type their facts are kept. */
const shipped = {
  "ceremony.invitation": "invitation",
  "ceremony.guardian": "recovery.guardian",
  "ceremony.recovery": "recovery",
  "ceremony.ota": "sync.ota",
  "ceremony.device-enrollment": "invitation.device-enrollment",
  "ceremony.device-rotation": "sync.device-epoch-rotation",
  "ceremony.rendezvous": "rendezvous",
} as const;

/** The fact families of the shipped ceremonies, by type. */
export const ceremonyFamilies = Object.entries(shipped).map(([type, owner]) =>
  ceremonyFamily({ type, owner }),
);

const text: FactField = { kind: "text" };

const edgeFields = {
  session: text,
  edgeId: text,
  role: text,
  label: text,
  seq: { kind: "integer" },
} as const;

const edgeType: FactTypeDefinition = {
  type: edgeFactType,
  version: 3,
  minVersion: 1,
  owner: "journal",
  fields: { name: text, ...edgeFields, by: text },
  earlier: { 1: { fact: text, ...edgeFields }, 2: { fact: text, ...edgeFields, by: text } },
  time: { need: "instant", domain: "physical" },
  reducer: "tally",
};

/** Protocol facts have no envelope; they are listed with the key of their reducer as type. */
const protocolTypes: readonly FactTypeDefinition[] = Object.values(protocolVariants).map(({ subType }) => ({
  type: subType,
  version: 1,
  minVersion: 1,
  owner: "journal.protocol",
  fields: {},
  time: { need: "order", domain: "order" },
  reducer: "relational",
}));

/** The first-party fact types: facts of edges, protocol facts, facts of shipped ceremonies. Declared ones are added to these. */
export const firstPartyFactTypes: readonly FactTypeDefinition[] = [
  edgeType,
  ...protocolTypes,
  ...ceremonyFamilies.map(({ definition }) => definition),
];
