import type { ProtocolDetail, ProtocolSummary, ProtocolText, VersionDetail } from "@parley/wire/http";
import { readPage } from "../../guards/categories/page-metadata.ts";
import type { HostCore } from "../core.ts";
import type { Draft } from "../ports.ts";
import type { ProtocolRecord, ProtocolVersion } from "../streams/workspace-state.ts";
import { declaredCategory } from "./declared-category.ts";
import { analyseNow } from "./importable.ts";

/** How often a protocol was opened, and the last session of it. */
const sessionsOf = (
  core: HostCore,
  protocol: string,
): { readonly count: number; readonly last: string | null } => {
  let count = 0;
  let last: string | null = null;
  for (const session of core.workspace.durable.sessions.values()) {
    if (session.protocol !== protocol) continue;
    count += 1;
    last = session.id;
  }
  return { count, last };
};

/** The text people see: the draft when there is one, else the latest version. */
export const currentSource = (record: ProtocolRecord, draft: Draft | undefined): string =>
  draft?.source ?? record.versions.at(-1)?.source ?? "";

/** One row of the protocol list. */
export const protocolSummary = (
  core: HostCore,
  record: ProtocolRecord,
  draft: Draft | undefined,
): ProtocolSummary => {
  const source = currentSource(record, draft);
  const last = record.versions.at(-1);
  const analysis =
    source === last?.source ? core.analyses.of(source, last.imports) : analyseNow(core, source, record.id);
  const sessions = sessionsOf(core, record.id);
  const { category, by, findings } = declaredCategory(core, record);
  return {
    id: record.id,
    name: record.name,
    namespace: analysis.kernel?.namespace ?? record.namespace,
    origin: record.origin,
    hidden: record.hidden,
    verdict: source.trim() === "" ? "empty" : analysis.verdict,
    roles: (analysis.kernel?.roles ?? []).map(({ name }) => name),
    latestVersion: record.versions.at(-1)?.version ?? null,
    versions: record.versions.length,
    sessions: sessions.count,
    lastSession: sessions.last,
    updatedAt: Math.max(record.updatedAt, draft?.at ?? 0),
    category: { declared: category, by, findings: [...findings] },
  };
};

/** A protocol with its text, page and scenario. */
export const protocolDetail = (
  core: HostCore,
  record: ProtocolRecord,
  draft: Draft | undefined,
): ProtocolDetail => {
  const seed = core.catalogue.get(record.id);
  const scenario = seed?.scenario ?? null;
  return {
    ...protocolSummary(core, record, draft),
    source: currentSource(record, draft),
    draftRevision: draft?.revision ?? 0,
    page: seed === undefined || seed.page === null ? null : readPage(seed.page).body,
    scenario:
      scenario === null
        ? null
        : { title: scenario.title, families: { ...scenario.families }, names: { ...scenario.names } },
  };
};

/** A version never changes, so neither does what it is worth. */
const verdicts = new WeakMap<ProtocolVersion, VersionDetail["verdict"]>();

const verdictOf = (core: HostCore, version: ProtocolVersion): VersionDetail["verdict"] => {
  const verdict = verdicts.get(version) ?? core.analyses.of(version.source, version.imports).verdict;
  verdicts.set(version, verdict);
  return verdict;
};

export const versionDetail = (core: HostCore, saved: ProtocolVersion): VersionDetail => {
  const { version, label, source, at, imports } = saved;
  return { version, label, source, at, imports: [...imports], verdict: verdictOf(core, saved) };
};

/** The present texts of all protocols that are shown, oldest first. */
export const protocolTexts = async (core: HostCore): Promise<readonly ProtocolText[]> => {
  const shown = [...core.workspace.durable.protocols.values()].filter(({ hidden }) => !hidden);
  return Promise.all(
    shown.map(async (record) => {
      const source = currentSource(record, await core.drafts.draft(record.id));
      return { id: record.id, name: record.name, source, saved: source === record.versions.at(-1)?.source };
    }),
  );
};
