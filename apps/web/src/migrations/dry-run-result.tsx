import type { MigrationDryRun } from "@parley/wire/http";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { type DryRow, dryRows } from "./migration-data.ts";

const columns: readonly Column<DryRow>[] = [
  { id: "title", head: "Journal", text: ({ title }) => title },
  { id: "step", head: "Step", text: ({ step }) => step },
  { id: "kind", head: "Of", text: ({ kind }) => kind, width: "90px", wide: true },
  { id: "facts", head: "Facts", text: ({ facts }) => facts, width: "80px" },
];

const keyOf = ({ step, journal }: DryRow): string => `${step} ${journal}`;

const href = ({ kind, journal }: DryRow): string =>
  kind === "context"
    ? `/journal/${encodeURIComponent(journal)}`
    : `/authorities/${encodeURIComponent(journal)}`;

const facts = (count: number): string => (count === 1 ? "1 fact" : `${count} facts`);

/** What each step would change if it ran now, journal by journal; nothing of it was kept. */
export const DryRunResult = ({ result }: { readonly result: MigrationDryRun }) => (
  <section aria-label="Dry run">
    <h3>
      Dry run, from version {result.from} to {result.to}
    </h3>
    <p className="quiet mig-counts" role="status">
      {result.steps.map(({ name, changed }) => `${name}: ${facts(changed)}`).join(" · ") ||
        "No step would run"}
      {` · as written: ${result.written.map(({ version, facts: count }) => `${facts(count)} at ${version}`).join(", ") || "none"}`}
      {result.unreadable > 0 ? ` · ${facts(result.unreadable)} cannot be read and stay as they are` : null}
    </p>
    {result.error ? (
      <p className="problem-note" role="alert">
        {result.error.detail} <span className="mono">{result.error.code}</span>
        <small>Nothing was kept: it would fail here.</small>
      </p>
    ) : null}
    <DataTable
      label="Facts by journal"
      file={`${result.subject}.dry-run`}
      rows={dryRows(result)}
      columns={columns}
      keyOf={keyOf}
      hrefOf={href}
      onOpen={(row) => location.assign(href(row))}
      empty={<p className="quiet">No journal holds a fact that would be read anew.</p>}
    />
  </section>
);
