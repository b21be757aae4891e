import {
  AUDIT_DATE,
  AUDIT_GUARDS,
  auditOf,
  neverPacked,
  packTaxonomy,
  protocolAudit,
  type TaxonomyRow,
} from "@parley/runtime/admission";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { fits, standingWords, waveWords } from "./taxonomy-words.ts";

const tones = {
  adopted: "ok",
  "later-evaluation": "warn",
  "explicit-non-goal": "warn",
  "pack-free": undefined,
} as const;

const Standing = ({ standing }: TaxonomyRow) => {
  const tone = tones[standing];
  return tone === undefined ? (
    <Chip>{standingWords[standing]}</Chip>
  ) : (
    <Chip tone={tone}>{standingWords[standing]}</Chip>
  );
};

const columns: readonly Column<TaxonomyRow>[] = [
  {
    id: "protocol",
    head: "Protocol",
    width: "minmax(0, 1.5fr)",
    text: ({ id }) => id,
    show: ({ id }) => <span className="mono">{id}</span>,
  },
  {
    id: "standing",
    head: "Standing",
    width: "130px",
    text: ({ standing }) => standingWords[standing],
    show: (row) => <Standing {...row} />,
  },
  { id: "wave", head: "Wave", width: "96px", wide: true, text: waveWords },
  { id: "pack", head: "Pack", width: "minmax(0, 1fr)", wide: true, text: ({ pack }) => pack ?? "–" },
  { id: "reason", head: "Reason", width: "minmax(0, 2fr)", wide: true, text: ({ reason }) => reason },
  {
    id: "ticket",
    head: "Audit",
    width: "150px",
    wide: true,
    text: ({ id }) => auditOf(id)?.ticket ?? "–",
  },
];

/** The protocol of the workspace that goes by this name. */
const useHere = (row: TaxonomyRow) => {
  const { data } = useQuery({ queryKey: [...keys.protocols, "all"], queryFn: () => api.protocols.list("") });
  const [namespace] = row.qualifiedName.split(".");
  return data?.items.find((one) => one.namespace === namespace && one.origin === "catalogue");
};

const Audit = ({ id }: { readonly id: string }) => {
  const audit = auditOf(id);
  if (audit === undefined) return <p className="quiet">The audit does not name it.</p>;
  return (
    <dl className="facts-list">
      <dt>audit of {AUDIT_DATE}</dt>
      <dd>
        {audit.ticket === null ? "not in it" : `${audit.ticket}, specified only`}
        {audit.priority === null ? "" : `; priority ${audit.priority.toLowerCase()}`}
        {audit.planned === null ? "" : `; planned in ${audit.planned}`}
      </dd>
      <dt>owner crate</dt>
      <dd className="mono">{audit.crate}</dd>
      <dt>in the reference today</dt>
      <dd>{audit.today}</dd>
      <dt>entry points</dt>
      <dd className="mono">{audit.entryPoints.length === 0 ? "none" : audit.entryPoints.join(", ")}</dd>
      <dt>guards</dt>
      <dd>{AUDIT_GUARDS}</dd>
      <dt>payloads from</dt>
      <dd>{audit.payloads}</dd>
      <dt>decisions by</dt>
      <dd>{audit.decisions ?? "nobody: it has none"}</dd>
    </dl>
  );
};

const Detail = ({ row }: { readonly row: TaxonomyRow }) => {
  const here = useHere(row);
  return (
    <section className="auth-panel" aria-label={`Standing of ${row.id}`}>
      <h2 className="mono">{row.id}</h2>
      <p>
        <Standing {...row} /> {row.wave === null ? "" : `${waveWords(row)}. `}
        {row.pack === null
          ? ""
          : `${row.standing === "adopted" ? "Requires" : "Would require"} ${row.pack}. `}
      </p>
      <p>{row.reason}.</p>
      <p>
        {here === undefined ? (
          <span className="quiet">It is not in this workspace.</span>
        ) : (
          <Link to="/protocols/$id" params={{ id: here.id }} search={{ tab: "admission" }}>
            Its admission here
          </Link>
        )}
      </p>
      <Audit id={row.id} />
    </section>
  );
};

/** Every protocol of the guide: whether it asks for a theorem pack, when, and why. */
export const TaxonomyTab = () => {
  const search = useSearch({ from: "/admission" });
  const navigate = useNavigate();
  const go = (part: { readonly q?: string; readonly standing?: string; readonly protocol?: string }) =>
    void navigate({
      to: "/admission",
      search: { q: search.q, standing: search.standing, protocol: search.protocol, ...part },
      replace: part.protocol === undefined,
    });
  const rows = packTaxonomy.filter((row) => fits(row, search.q ?? "", search.standing));
  const chosen = packTaxonomy.find(({ id }) => id === search.protocol);
  const wired = protocolAudit.filter(({ entryPoints }) => entryPoints.length > 0).length;
  return (
    <>
      <DataTable
        label="Taxonomy"
        rows={rows}
        columns={columns}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/admission?protocol=${encodeURIComponent(id)}`}
        onOpen={({ id }) => go({ protocol: id })}
        selected={search.protocol}
        tools={
          <>
            <input
              className="input"
              type="search"
              aria-label="Search the taxonomy"
              placeholder="Protocol or reason"
              value={search.q ?? ""}
              onChange={({ target }) => go({ q: target.value })}
            />
            <select
              className="input"
              aria-label="Standing"
              value={search.standing ?? ""}
              onChange={({ target }) => go({ standing: target.value })}
            >
              <option value="">Every standing</option>
              {Object.entries(standingWords).map(([id, words]) => (
                <option key={id} value={id}>
                  {words}
                </option>
              ))}
            </select>
          </>
        }
        empty={<p className="quiet">No protocol fits.</p>}
      />
      <p className="quiet">
        Of the {protocolAudit.length} built-in protocols {wired} have an entry point in the reference; in the
        audit of {AUDIT_DATE} none of its fourteen had.
      </p>
      {chosen ? <Detail row={chosen} /> : null}
      <h2>Never asked for a pack</h2>
      <ul>
        {neverPacked.map(({ what, reason }) => (
          <li key={what}>
            {what}: {reason}
          </li>
        ))}
      </ul>
    </>
  );
};
