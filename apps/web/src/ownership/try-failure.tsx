import type { HandoffStage } from "@parley/wire";
import { Link } from "@tanstack/react-router";
import { Icon } from "../ui/icon.tsx";
import { stages, stageWords } from "./stage-words.ts";
import { type StandingRow, standingRows } from "./standing-rows.ts";
import type { Rehearsed } from "./use-rehearsal.ts";

/** Chooses where the handoff is to fail; nowhere, unless somebody says so. */
export const FailureChoice = ({
  stage,
  onStage,
}: {
  readonly stage: HandoffStage | undefined;
  readonly onStage: (stage: HandoffStage | undefined) => void;
}) => (
  <fieldset className="own-failure">
    <legend>Try a failure</legend>
    <label className="field">
      <span>It fails because</span>
      <select
        className="input"
        value={stage ?? ""}
        onChange={({ target }) => onStage(stages.find((one) => one === target.value))}
      >
        <option value="">nothing: hand it over for good</option>
        {stages.map((one) => (
          <option key={one} value={one}>
            {stageWords[one]}
          </option>
        ))}
      </select>
    </label>
    <p className="quiet-note">
      A rehearsal: the handoff goes as far as that and fails there. Nothing moves; the audit says that it was
      tried on purpose.
    </p>
  </fieldset>
);

const Row = ({ row: { name, before, after, same } }: { readonly row: StandingRow }) => (
  <tr data-same={same}>
    <th scope="row">{name}</th>
    <td>{before}</td>
    <td>{after}</td>
    <td className={same ? "own-ok" : "own-bad"}>
      <Icon name={same ? "check" : "cross"} size={12} /> {same ? "unchanged" : "changed"}
    </td>
  </tr>
);

/** What a rehearsed failure left: everything that could have moved, read before and after. */
export const FailureTried = ({ tried: { stage, before, after } }: { readonly tried: Rehearsed }) => {
  const rows = standingRows(before, after);
  const moved = rows.filter(({ same }) => !same).length;
  return (
    <section className="own-tried" aria-label="After the failure">
      <p role="status" className={moved === 0 ? "ok-note" : "bad-note"}>
        {moved === 0
          ? `It failed (${stageWords[stage]}), and everything is as it was.`
          : `It failed (${stageWords[stage]}), and ${moved} of ${rows.length} changed.`}
      </p>
      <div className="own-standing">
        <table>
          <caption className="visually-hidden">Ownership before and after</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Compared</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <Link className="own-audit" to="/journal" search={{ tab: "refused" }}>
        The record of it, in Journal › Refused
      </Link>
    </section>
  );
};
