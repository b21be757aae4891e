import type { DelegationPreview, FootprintJson } from "@parley/wire/http";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";
import { classWords, scopeWords } from "./ownership-data.ts";

const classes = ["native", "delegatedIn", "delegatedOut"] as const;

const ofSession = (footprint: FootprintJson, session: string): string => {
  const found = classes.find((one) => footprint[one].includes(session));
  return found === undefined ? "nothing to do with it" : classWords[found];
};

const Coherence = ({
  name,
  violations,
}: {
  readonly name: string;
  readonly violations: readonly string[];
}) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {violations.length === 0 ? (
        <span className="own-ok">
          <Icon name="check" size={12} /> coherent
        </span>
      ) : (
        <ul className="plain">
          {violations.map((text) => (
            <li key={text} className="own-bad">
              <Icon name="cross" size={12} /> {text}
            </li>
          ))}
        </ul>
      )}
    </dd>
  </div>
);

/** Why a handoff would be refused: every reason, each with its code and name. */
export const Refusals = ({ refusals }: { readonly refusals: DelegationPreview["refusals"] }) => (
  <ul className="plain own-refusals" aria-label="Reasons of the refusal">
    {refusals.map(({ code, variant, detail }) => (
      <li key={`${code} ${variant} ${detail}`}>
        {detail} <span className="mono">{code}</span> <small>{variant}</small>
      </li>
    ))}
  </ul>
);

const Moves = ({ preview }: { readonly preview: DelegationPreview }) => {
  const { from, to, session, fragments, footprints, boundary, context, joins, signers } = preview;
  return (
    <dl className="own-preview">
      <div>
        <dt>Owner</dt>
        <dd>
          {from.owner} (generation {from.generation}) → {to.owner} (generation {to.generation}), for{" "}
          {scopeWords(to.scope)}
        </dd>
      </div>
      <div>
        <dt>Boundary</dt>
        <dd>
          {boundary.bundle ?? "no bundle"}: {boundary.fragments.join(", ") || "the whole session"}
        </dd>
      </div>
      <div>
        <dt>Fragments</dt>
        <dd>
          {fragments.length === 0 ? "none" : null}
          <ul className="plain">
            {fragments.map(({ key, from: giver, to: taker, inBoundary }) => (
              <li key={key}>
                <code>{key}</code> {giver} → {taker}
                {inBoundary ? "" : " (not named by the boundary; it moves with the rest)"}
              </li>
            ))}
          </ul>
        </dd>
      </div>
      <div>
        <dt>Footprints</dt>
        <dd>
          <ul className="plain">
            {footprints.map(({ authority, before, after }) => (
              <li key={authority}>
                {authority}: {ofSession(before, session)} → {ofSession(after, session)}
              </li>
            ))}
          </ul>
        </dd>
      </div>
      <div>
        <dt>Fact</dt>
        <dd>
          in {context}
          {joins.length === 0 ? "" : `; ${joins.join(", ")} gets a replica of it`}
        </dd>
      </div>
      <div>
        <dt>Signed by</dt>
        <dd>
          {signers.from ?? "nobody"} and {signers.to ?? "nobody"}
        </dd>
      </div>
      {preview.upgrade === null ? null : (
        <div>
          <dt>Upgrade</dt>
          <dd>{preview.upgrade.artifacts.map(({ phase }) => phase).join(" → ")}</dd>
        </div>
      )}
    </dl>
  );
};

/** What a handoff would do, before anything moves. */
export const PreviewView = ({
  preview,
  stale,
}: {
  readonly preview: DelegationPreview;
  readonly stale: boolean;
}) => (
  <section
    className={stale ? "att-preview dimmed" : "att-preview"}
    aria-label="What would move"
    aria-busy={stale}
  >
    <p>
      {preview.allowed ? (
        <Chip tone="ok" icon="check">
          can be handed over
        </Chip>
      ) : (
        <Chip tone="bad" icon="cross">
          would be refused
        </Chip>
      )}
    </p>
    {preview.refusals.length > 0 ? <Refusals refusals={preview.refusals} /> : null}
    <Moves preview={preview} />
    <dl className="own-preview">
      <Coherence name="Coherence before" violations={preview.coherence.before} />
      <Coherence name="and after" violations={preview.coherence.after} />
    </dl>
  </section>
);
