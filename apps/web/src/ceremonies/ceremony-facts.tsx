import type { CeremonyView, FactView } from "@parley/wire/http";
import { useNavigate } from "@tanstack/react-router";
import { factColumns } from "../journal/fact-columns.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { HashText } from "../ui/hash-text.tsx";
import { when } from "../ui/when.ts";

const shape = (operation: CeremonyView["asked"]): string => JSON.stringify(operation, undefined, 1);

/** What is asked in full. */
export const OperationSection = ({ view }: { readonly view: CeremonyView }) => (
  <section aria-label="Operation">
    <h2>Operation</h2>
    {Object.keys(view.asked).length === 0 ? (
      <p className="quiet">It does nothing beyond its kind.</p>
    ) : (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
      <pre tabIndex={0}>{shape(view.asked)}</pre>
    )}
    <p className="quiet">
      bound to its prestate as <HashText value={view.operation} />
    </p>
  </section>
);

/** What it stands on: each authority's journal and the context's, and whether they are still so. */
export const PrestateSection = ({ view }: { readonly view: CeremonyView }) => (
  <section aria-label="Prestate">
    <h2>Prestate</h2>
    <dl className="facts-list">
      <dt>Begun upon</dt>
      <dd>
        <HashText value={view.prestate} digits={24} />
      </dd>
      <dt>Now</dt>
      <dd>
        <HashText value={view.prestateNow.hash} digits={24} />{" "}
        <b className={view.prestateMoved ? "cer-moved" : "cer-still"}>
          {view.prestateMoved ? "moved: it can no longer commit" : "still the same"}
        </b>
      </dd>
      {view.prestateNow.authorities.map(({ authority, commitment }) => (
        <div key={authority} className="cer-pair">
          <dt>{authority}</dt>
          <dd>
            <HashText value={commitment} digits={16} />
          </dd>
        </div>
      ))}
      <dt>Context</dt>
      <dd>
        <HashText value={view.prestateNow.context} digits={16} />
      </dd>
    </dl>
  </section>
);

/** The facts it left in the journal of its context. */
export const FactsSection = ({
  view,
  selected,
}: {
  readonly view: CeremonyView;
  readonly selected?: string | undefined;
}) => {
  const navigate = useNavigate();
  const of = (fact: FactView): string =>
    `/journal/${encodeURIComponent(view.context)}?tab=facts&fact=${encodeURIComponent(fact.id)}`;
  return (
    <section aria-label="Facts">
      <h2>Facts</h2>
      <DataTable
        label="Facts of the ceremony"
        file={`${view.id}.facts`}
        rows={view.facts}
        columns={factColumns}
        keyOf={({ id }) => id}
        hrefOf={of}
        onOpen={({ id }) =>
          void navigate({
            to: "/journal/$context",
            params: { context: view.context },
            search: { tab: "facts", fact: id },
          })
        }
        selected={selected}
        empty={<p className="quiet">It has left no fact yet.</p>}
      />
    </section>
  );
};

/** What was refused of it, and who said two things. */
export const RefusalsSection = ({ view }: { readonly view: CeremonyView }) => (
  <section aria-label="Refused">
    <h2>Refused</h2>
    {view.refusals.length === 0 ? (
      <p className="quiet">Nothing that was asked of it has been refused.</p>
    ) : (
      <ul className="plain cer-refusals">
        {view.refusals.map((refusal) => (
          <li key={`${refusal.at} ${refusal.what} ${refusal.code}`}>
            <p>
              <b>{refusal.what}</b>: {refusal.detail} <span className="mono">{refusal.code}</span>{" "}
              <span className="quiet">
                {refusal.variant}, {when(refusal.at)}
              </span>
            </p>
            {refusal.evidence ? (
              <p className="cer-evidence">
                Equivocation of {refusal.evidence.witness}: <HashText value={refusal.evidence.first} /> and{" "}
                <HashText value={refusal.evidence.second} />, upon the same{" "}
                <HashText value={refusal.evidence.prestate} />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    )}
  </section>
);
