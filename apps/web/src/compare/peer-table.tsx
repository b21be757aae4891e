import type { CompatReport, CompatVerdict, PeerVerdict } from "@parley/core/diff";
import { Chip } from "../ui/chip.tsx";
import type { Age } from "./compare.ts";

const CHIPS = {
  compatible: { tone: "ok", icon: "check" },
  undecided: { tone: "warn", icon: "wait" },
  breaking: { tone: "bad", icon: "cross" },
} as const;

/** A verdict as icon, word and hue. */
export const VerdictChip = ({ verdict }: { readonly verdict: CompatVerdict }) => (
  <Chip {...CHIPS[verdict]}>{verdict}</Chip>
);

/** A run to look at: whose, and which version they keep to. */
export interface ShownRun {
  readonly role: string;
  readonly age: Age;
}

interface PeerTableProps {
  readonly report: CompatReport;
  readonly shown: ShownRun | undefined;
  readonly onShow: (run: ShownRun) => void;
}

/** Who of one version understands the other version, role by role, and why. */
export const PeerTable = ({ report, shown, onShow }: PeerTableProps) => {
  const cell = (role: string, age: Age, peer: PeerVerdict) => {
    const open = shown?.role === role && shown.age === age;
    return (
      <td>
        <VerdictChip verdict={peer.verdict} />
        <p>{peer.why}</p>
        {peer.run ? (
          <button
            type="button"
            className="btn small"
            aria-pressed={open}
            aria-label={`Show the run that breaks ${age === "old" ? "an old" : "a new"} ${role}`}
            onClick={() => onShow({ role, age })}
          >
            Show the run
          </button>
        ) : null}
      </td>
    );
  };
  return (
    <div className="compare-peers">
      {report.roles.length === 0 ? <p>No role is in both versions.</p> : null}
      <table>
        <caption className="visually-hidden">Who understands whom</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Old among new</th>
            <th scope="col">New among old</th>
          </tr>
        </thead>
        <tbody>
          {report.roles.map(({ role, oldAmongNew, newAmongOld }) => (
            <tr key={role}>
              <th scope="row">{role}</th>
              {cell(role, "old", oldAmongNew)}
              {cell(role, "new", newAmongOld)}
            </tr>
          ))}
        </tbody>
      </table>
      {report.added.map((role) => (
        <p key={role}>{role} is a new role: nobody of the old version plays it.</p>
      ))}
      {report.removed.map((role) => (
        <p key={role}>{role} is no role of the new version any more.</p>
      ))}
    </div>
  );
};
