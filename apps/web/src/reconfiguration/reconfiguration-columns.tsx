import type { BundleView, ReconfigurationView } from "@parley/wire/http";
import { Chip } from "../ui/chip.tsx";
import type { Column } from "../ui/data-table.tsx";
import { when } from "../ui/when.ts";

type Footprints = ReconfigurationView["footprints"][number];
type Delegation = ReconfigurationView["delegations"][number];
type Refusal = ReconfigurationView["refused"][number];

export const bundleColumns: readonly Column<BundleView>[] = [
  { id: "bundle", head: "Bundle", width: "minmax(110px, 1.2fr)", text: ({ id }) => id },
  { id: "origin", head: "Origin", width: "84px", text: ({ origin }) => origin },
  {
    id: "protocols",
    head: "Protocols",
    wide: true,
    width: "minmax(0, 1.6fr)",
    text: ({ protocols }) => protocols.join(", "),
  },
  { id: "exports", head: "Offers", wide: true, text: ({ exports }) => exports.join(", ") },
  { id: "imports", head: "Needs", wide: true, text: ({ imports }) => imports.join(", ") },
  {
    id: "sessions",
    head: "Live",
    width: "48px",
    text: ({ sessions }) => sessions.length,
  },
  {
    id: "members",
    head: "Run by",
    wide: true,
    text: ({ runtime }) => runtime?.active_members.join(", ") ?? "nobody yet",
  },
  {
    id: "finding",
    head: "",
    width: "28px",
    text: ({ finding }) => finding,
    show: ({ finding }) => (finding === null ? null : <span title={finding}>⚠</span>),
  },
];

export const footprintColumns: readonly Column<Footprints>[] = [
  {
    id: "authority",
    head: "Authority",
    width: "minmax(70px, 0.6fr)",
    text: ({ authority }) => authority,
    show: ({ name }) => name,
  },
  { id: "native", head: "Native", text: ({ footprint }) => footprint.native.join(" ") },
  { id: "delegatedIn", head: "Delegated in", text: ({ footprint }) => footprint.delegatedIn.join(" ") },
  { id: "delegatedOut", head: "Delegated out", text: ({ footprint }) => footprint.delegatedOut.join(" ") },
];

export const delegationColumns: readonly Column<Delegation>[] = [
  {
    id: "receipt",
    head: "Session",
    width: "minmax(90px, 1.2fr)",
    text: ({ session }) => session,
    show: ({ title }) => title,
  },
  { id: "from", head: "From → to", width: "minmax(90px, 1fr)", text: ({ from, to }) => `${from} → ${to}` },
  {
    id: "generation",
    head: "Generation",
    width: "88px",
    wide: true,
    text: ({ fromGeneration, toGeneration }) => `${fromGeneration} → ${toGeneration}`,
  },
  { id: "bundle", head: "Bundle", wide: true, text: ({ bundle }) => bundle },
  { id: "fragments", head: "Fragments", wide: true, text: ({ fragments }) => fragments.join(", ") },
  { id: "at", head: "When", width: "126px", wide: true, text: ({ at }) => at, show: ({ at }) => when(at) },
  {
    id: "verified",
    head: "Receipt",
    width: "96px",
    text: ({ verified }) => verified,
    show: ({ verified }) => (
      <Chip tone={verified ? "ok" : "bad"} icon={verified ? "check" : "cross"}>
        {verified ? "verified" : "rejected"}
      </Chip>
    ),
  },
];

export const refusalColumns: readonly Column<Refusal>[] = [
  { id: "what", head: "What", width: "minmax(80px, 0.8fr)", text: ({ what }) => what },
  { id: "subject", head: "Of", wide: true, text: ({ subject }) => subject },
  {
    id: "code",
    head: "Code",
    width: "76px",
    text: ({ code }) => code,
    show: ({ code }) => <code>{code}</code>,
  },
  { id: "variant", head: "Error", wide: true, text: ({ variant }) => variant },
  {
    id: "detail",
    head: "Why",
    width: "minmax(0, 2fr)",
    text: ({ detail }) => detail,
    show: ({ detail }) => <span title={detail}>{detail}</span>,
  },
  { id: "at", head: "When", width: "126px", wide: true, text: ({ at }) => at, show: ({ at }) => when(at) },
];
