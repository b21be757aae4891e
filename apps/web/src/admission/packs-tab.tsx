import { consumerOf, type PackPolicy, packPolicies } from "@parley/core";
import {
  consensusDeployment,
  nextSurfaceStates,
  type ProtocolSurface,
  packTaxonomy,
  protocolSurface,
  protocolSurfaces,
} from "@parley/runtime/admission";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";

interface Demand {
  readonly key: string;
  readonly kind: string;
  readonly declared: boolean;
  readonly consumer: string;
}

const demandsOf = ({ demanded, declared }: PackPolicy): readonly Demand[] =>
  demanded.map((key) => ({
    key,
    kind: protocolSurface(key) === undefined ? "capability" : "surface",
    declared: declared.includes(key),
    consumer: protocolSurface(key)?.consumer ?? consumerOf(key) ?? "nobody",
  }));

const demandColumns: readonly Column<Demand>[] = [
  {
    id: "key",
    head: "Checked, in this order",
    width: "minmax(0, 1.4fr)",
    text: ({ key }) => key,
    show: ({ key }) => <span className="mono">{key}</span>,
  },
  { id: "kind", head: "Kind", width: "86px", text: ({ kind }) => kind },
  {
    id: "declared",
    head: "Declared",
    width: "76px",
    wide: true,
    text: ({ declared }) => (declared ? "yes" : "no"),
  },
  { id: "consumer", head: "Read by", width: "minmax(0, 2fr)", wide: true, text: ({ consumer }) => consumer },
];

const Pack = ({ policy }: { readonly policy: PackPolicy }) => (
  <section className="auth-panel" aria-label={`Pack ${policy.name}`} id={policy.name}>
    <h2>
      <span className="mono">{policy.name}</span> <Chip tone="ok">Has a policy</Chip>
    </h2>
    <p>
      At stake: {policy.stake}. Its declaration states the constraint{" "}
      <span className="mono">{policy.constraint}</span> and names exactly the keys marked as declared.
    </p>
    <p>
      Required by{" "}
      {packTaxonomy
        .filter(({ pack, standing }) => pack === policy.name && standing === "adopted")
        .map(({ id }) => id)
        .join(", ")}
      .
    </p>
    <DataTable
      label={`Demands of ${policy.name}`}
      rows={demandsOf(policy)}
      columns={demandColumns}
      keyOf={({ key }) => key}
      empty={null}
    />
  </section>
);

const Reserved = () => (
  <section className="auth-panel" aria-label={`Pack ${consensusDeployment.name}`}>
    <h2>
      <span className="mono">{consensusDeployment.name}</span>{" "}
      <Chip tone="bad" icon="cross">
        Reserved: always refused
      </Chip>
    </h2>
    <p>A candidate for {consensusDeployment.candidateFor.join(", ")}. Its candidate keys:</p>
    <ul>
      {consensusDeployment.candidates.map(({ key, missing }) => (
        <li key={key}>
          <span className="mono">{key}</span>: {missing}
        </li>
      ))}
    </ul>
    <p>It gets a policy once</p>
    <ol>
      {consensusDeployment.reopens.map((what) => (
        <li key={what}>{what}</li>
      ))}
    </ol>
  </section>
);

/** The ways through a surface's life: `start → Issued, Rejected; Issued → …`. */
const lifeOf = (surface: ProtocolSurface): string =>
  [null, ...surface.states]
    .map((from) => ({ from: from ?? "start", to: nextSurfaceStates(surface, from) }))
    .filter(({ to }) => to.length > 0)
    .map(({ from, to }) => `${from} → ${to.join(", ")}`)
    .join("; ");

const surfaceColumns: readonly Column<ProtocolSurface>[] = [
  {
    id: "surface",
    head: "Surface",
    width: "minmax(0, 1fr)",
    text: ({ name }) => name,
    show: ({ name }) => <span className="mono">{name}</span>,
  },
  { id: "class", head: "Class", width: "90px", text: ({ class: of }) => of },
  { id: "life", head: "Life", width: "minmax(0, 2fr)", wide: true, text: lifeOf },
  {
    id: "consumer",
    head: "Read by",
    width: "minmax(0, 1.4fr)",
    wide: true,
    text: ({ consumer }) => consumer,
  },
];

/** Packs with their keys, demands and consumers, the reserved one, and the ten surfaces. */
export const PacksTab = () => {
  const { surface } = useSearch({ from: "/admission" });
  const navigate = useNavigate();
  const chosen = protocolSurface(surface ?? "");
  return (
    <>
      {packPolicies.map((policy) => (
        <Pack key={policy.name} policy={policy} />
      ))}
      <Reserved />
      <h2>Protocol-critical surfaces</h2>
      <DataTable
        label="Surfaces"
        rows={protocolSurfaces}
        columns={surfaceColumns}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => `/admission?tab=packs&surface=${name}`}
        onOpen={({ name }) => void navigate({ to: "/admission", search: { tab: "packs", surface: name } })}
        selected={surface}
        empty={null}
      />
      {chosen ? (
        <section className="auth-panel" aria-label={`Surface ${chosen.name}`}>
          <h2 className="mono">{chosen.name}</h2>
          <p>
            Of the class {chosen.class}; read by {chosen.consumer}.
          </p>
          <ul>
            {lifeOf(chosen)
              .split("; ")
              .map((way) => (
                <li key={way}>{way}</li>
              ))}
          </ul>
        </section>
      ) : null}
    </>
  );
};
