import { decodeCanonical, type Fact } from "@parley/wire";
import type { FactView } from "@parley/wire/http";
import type { Ceremony } from "../../ceremony/index.ts";
import { edgeFactType } from "../../journal/edge-fact.ts";
import { payloadIdentity } from "../../journal/payload-identity.ts";
import type { HostCore } from "../core.ts";
import type { CeremonyRecords } from "../streams/ceremony-records.ts";

/** What a generic fact says, by field; nothing where that cannot be read. */
export const factFields = ({ content }: Fact): { readonly [field: string]: unknown } => {
  if (content.kind !== "generic") return {};
  const { encoding, payload } = payloadIdentity(content.envelope);
  if (encoding !== "DagCbor") return {};
  try {
    const value = decodeCanonical(payload);
    return typeof value === "object" && value !== null
      ? (value as { readonly [field: string]: unknown })
      : {};
  } catch {
    return {};
  }
};

/** The session that recorded a fact with a message. */
export const sessionOfFact = (fact: Fact): string | undefined =>
  fact.content.kind === "generic" && fact.content.envelope.type === edgeFactType
    ? String(factFields(fact).session)
    : undefined;

/**
 * The ceremony that what a session records waits for: of category C nothing
 * holds before the commit (spec/aura-protocols.md §2.6), so until then, and
 * for good where there never is one, its facts are proposals. Undefined for a
 * session of no ceremony and once its ceremony has committed.
 */
export const proposalOf = (
  { bySession, ceremonies }: Pick<CeremonyRecords, "bySession" | "ceremonies">,
  session: string,
): Ceremony | undefined => {
  const ceremony = ceremonies.get(bySession.get(session) ?? "");
  return ceremony?.outcome?.kind === "committed" ? undefined : ceremony;
};

/** The ceremony a fact waits for, as its view names it. */
export const factProposal = (core: Pick<HostCore, "workspace">, fact: Fact): Pick<FactView, "proposal"> => {
  const session = sessionOfFact(fact);
  const ceremony = session && proposalOf(core.workspace.durable.ceremonies, session);
  return ceremony ? { proposal: ceremony.id } : {};
};
