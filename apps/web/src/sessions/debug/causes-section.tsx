import type { Caused } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/api.ts";
import { useSelection } from "../../selection/selection.ts";
import { Button } from "../../ui/button.tsx";
import { problemOf } from "../../ui/states.tsx";
import { useOpenSession } from "../session-context.ts";
import { eventAt } from "./event-at.ts";
import { setFocus, useFocus } from "./focus.ts";
import { OtherDecisions } from "./other-decisions.tsx";

/** Causes told at once; the rest on demand. */
const SHOWN = 12;

const kinds: Readonly<Record<string, string>> = {
  before: "after",
  message: "by message",
  arm: "by arm",
  timer: "by timer",
  input: "by input",
};

/** How a cause leads to what it is listed for, in a word. */
const wordOf = (chain: readonly Caused[], node: Caused): string => {
  for (const { causes } of chain) {
    const found = causes.find(({ seq, index }) => seq === node.seq && index === node.index);
    if (found) return kinds[found.kind] ?? found.kind;
  }
  return "";
};

/** Selects an event or input everywhere at once. */
export const selectHappening = ({
  seq,
  index,
  edgeId,
  role,
}: Pick<Caused, "edgeId" | "role"> & { readonly seq: number | null; readonly index: number | null }): void =>
  useSelection.getState().select({
    ...(seq === null ? {} : { seq }),
    ...(index === null ? {} : { index }),
    ...(edgeId === null ? {} : { edge: edgeId }),
    ...(role === null ? {} : { role }),
  });

const Chain = ({ chain }: { readonly chain: readonly Caused[] }) => {
  const causes = chain.slice(1);
  const item = (node: Caused) => (
    <li key={`${node.seq} ${node.index}`}>
      <small className="cause-kind">{wordOf(chain, node)}</small>{" "}
      <button type="button" className="link" onClick={() => selectHappening(node)}>
        {node.text}
        {node.by ? `, by ${node.by}` : ""} (#{node.seq})
      </button>
    </li>
  );
  return (
    <>
      <ol className="causes" aria-label="Causes">
        {causes.slice(0, SHOWN).map(item)}
      </ol>
      {causes.length > SHOWN ? (
        <details>
          <summary>{causes.length - SHOWN} earlier causes</summary>
          <ol className="causes" start={SHOWN + 1}>
            {causes.slice(SHOWN).map(item)}
          </ol>
        </details>
      ) : null}
    </>
  );
};

/** The position of the decision an event followed from: an input's, or its own where a policy decided. */
const decisionOf = (chain: readonly Caused[]): number | undefined => {
  const [first] = chain;
  const input = first?.causes.find(({ kind }) => kind === "input");
  const asked = input && chain.find(({ seq, index }) => seq === input.seq && index === null);
  if (asked?.kind === "decide") return asked.seq;
  return first?.by === undefined ? undefined : first.seq;
};

/** Why an event happened: what led to it, as links; and everything else folded away on demand. */
export const CausesSection = ({
  seq,
  edge,
  index,
}: {
  readonly seq: number;
  readonly edge: string | undefined;
  readonly index: number | undefined;
}) => {
  const { data } = useOpenSession();
  const { id, log } = data;
  const entry = log.at(seq);
  const at = entry && eventAt(entry, edge, index);
  const focus = useFocus(id);
  const query = useQuery({
    queryKey: ["session", id, "causes", seq, at],
    queryFn: () => api.sessions.causes(id, seq, at ?? 0),
    enabled: at !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (at === undefined) return null;
  const found = query.data;
  const decision = found && decisionOf(found.chain);
  const folded = focus?.seq === seq;
  const fold = (): void => {
    const text = found?.chain[0]?.text ?? "";
    setFocus(
      found === undefined || folded
        ? undefined
        : { session: id, seq, text, past: found.past, from: found.from },
    );
  };
  return (
    <section aria-label="Why did this happen?" className="causes-of">
      <h3>Why did this happen?</h3>
      {query.error ? <p className="bad-note">{problemOf(query.error).text}</p> : null}
      {found ? <Chain chain={found.chain} /> : null}
      {found?.chain.length === 1 ? <p className="quiet-note">Nothing had to come before it.</p> : null}
      {found && !found.complete ? (
        <p className="quiet-note">What lies before position {found.from} or further back is not told.</p>
      ) : null}
      <div className="act-row pad">
        <Button small aria-pressed={folded} disabled={found === undefined} onClick={fold}>
          Fold everything outside its past
        </Button>
      </div>
      {decision === undefined ? null : <OtherDecisions seq={decision} />}
    </section>
  );
};
