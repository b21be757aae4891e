import type { Change, ChangeKind } from "@parley/core/diff";
import { EmptyState } from "../ui/states.tsx";
import type { Chosen } from "./compare.ts";
import { chosenOf } from "./compare.ts";

const SIGNS: Partial<Record<ChangeKind, readonly [sign: string, tone: string]>> = {
  added: ["+", "added"],
  roleAdded: ["+", "added"],
  armAdded: ["+", "added"],
  frameAdded: ["+", "added"],
  removed: ["−", "removed"],
  roleRemoved: ["−", "removed"],
  armRemoved: ["−", "removed"],
  frameRemoved: ["−", "removed"],
  moved: ["↕", "moved"],
};

const isChosen = (change: Change, chosen: Chosen): boolean => {
  const { old, new: now } = chosenOf(change);
  if (old === undefined && now === undefined) return false;
  return old === chosen.old && now === chosen.new;
};

interface ChangesListProps {
  readonly changes: readonly Change[];
  readonly roles: readonly string[];
  readonly role: string | undefined;
  readonly chosen: Chosen;
  readonly onRole: (role: string | undefined) => void;
  readonly onChoose: (change: Change) => void;
}

/** Every difference in a sentence; a click selects it in both pictures. */
export const ChangesList = ({ changes, roles, role, chosen, onRole, onChoose }: ChangesListProps) => {
  if (changes.length === 0) {
    return (
      <EmptyState title="Nothing differs">
        Both versions say the same, statement by statement. Names of module and protocol are not compared.
      </EmptyState>
    );
  }
  const shown =
    role === undefined ? changes : changes.filter(({ roles: concerned }) => concerned.includes(role));
  return (
    <div className="compare-changes">
      <label>
        Whose part
        <select value={role ?? ""} onChange={(event) => onRole(event.target.value || undefined)}>
          <option value="">everybody's</option>
          {roles.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <ol aria-label="Changes">
        {shown.map((change, index) => {
          const [sign, tone] = SIGNS[change.kind] ?? ["~", "changed"];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is made once per comparison and never reordered.
            <li key={index}>
              <button
                type="button"
                className={tone}
                aria-pressed={isChosen(change, chosen)}
                onClick={() => onChoose(change)}
              >
                <span aria-hidden="true" className="sign">
                  {sign}
                </span>
                {change.sentence}
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
};
