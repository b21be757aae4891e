import type { FactView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { HashLine } from "../ui/hash-text.tsx";
import { FactCause } from "./fact-cause.tsx";
import { ProofCheck } from "./proof-check.tsx";
import { timeWords } from "./time-words.ts";

/** A fact in full. */
export const FactFacts = ({ fact }: { readonly fact: FactView }) => (
  <>
    <HashLine name="the fact's id" value={fact.id} />
    <dl className="facts-list">
      <dt>Type</dt>
      <dd>
        <code>{fact.type}</code> {fact.version === null ? "" : `version ${fact.version}`} ({fact.kind})
      </dd>
      {fact.scope === undefined ? null : (
        <>
          <dt>About</dt>
          <dd className="mono">{fact.scope}</dd>
        </>
      )}
      <dt>By</dt>
      <dd>
        <Link to="/authorities/$id" params={{ id: fact.by }}>
          {fact.by}
        </Link>
      </dd>
      <dt>Time</dt>
      <dd>{timeWords(fact.time)}</dd>
      {fact.proposal === undefined ? null : (
        <>
          <dt>Proposal</dt>
          <dd>
            It holds nothing before{" "}
            <Link to="/ceremonies/$id" params={{ id: fact.proposal }}>
              its ceremony
            </Link>{" "}
            commits.
          </dd>
        </>
      )}
      <dt>Caused by</dt>
      <dd>
        <FactCause fact={fact} />
      </dd>
      <dt>Entry</dt>
      <dd>#{fact.seq} of the stream</dd>
      <dt>Held by</dt>
      <dd>{fact.replicas.length === 0 ? "its own journal" : fact.replicas.join(", ")}</dd>
      <dt>Order</dt>
      <dd className="mono">{fact.order}</dd>
    </dl>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard. */}
    <pre tabIndex={0}>{JSON.stringify(fact.payload, undefined, 2)}</pre>
    {fact.reads ? (
      <>
        <h3>
          As version {fact.reads.version} reads it <Link to="/migrations">Migrations</Link>
        </h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard. */}
        <pre tabIndex={0}>{JSON.stringify(fact.reads.payload, undefined, 2)}</pre>
      </>
    ) : null}
  </>
);

interface FactPanelProps {
  readonly context: string;
  readonly fact: FactView;
  readonly replica: string | undefined;
  readonly at: number | undefined;
}

/** One fact: what it says, what caused it, the proof that the root holds it. */
export const FactPanel = ({ context, fact, replica, at }: FactPanelProps) => (
  <section className="auth-panel" aria-label="The fact">
    <FactFacts fact={fact} />
    <ProofCheck key={fact.id} context={context} fact={fact.id} replica={replica} at={at} />
  </section>
);
