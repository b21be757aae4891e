import type { ReconfigurationView } from "@parley/wire/http";
import { Icon } from "../ui/icon.tsx";
import { pairOf, pairWords } from "./bundle-dialogs.tsx";

interface MatrixProps {
  readonly view: ReconfigurationView;
  readonly selected: string | undefined;
  readonly onPick: (pair: string) => void;
}

/** Names a pair in an address. */
export const pairKey = (left: string, right: string): string => `${left}~${right}`;

/** Which bundles fit which: a cell a pair, with the reason where they do not. */
export const FitMatrix = ({ view, selected, onPick }: MatrixProps) => {
  const ids = view.bundles.map(({ id }) => id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
    <section className="rec-matrix" tabIndex={0} aria-label="Which bundles fit which">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Bundle</span>
            </th>
            {ids.map((id) => (
              <th key={id} scope="col">
                {id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((left, row) => (
            <tr key={left}>
              <th scope="row">{left}</th>
              {ids.map((right, column) => {
                if (column >= row) return <td key={right} className="rec-none" />;
                const pair = pairOf(view, left, right);
                const fits = pair?.compatible === true;
                const key = pairKey(left, right);
                return (
                  <td key={right}>
                    <button
                      type="button"
                      className={fits ? "rec-fit ok" : "rec-fit bad"}
                      aria-pressed={key === selected}
                      aria-label={`${left} and ${right}: ${pairWords(pair)}`}
                      title={pairWords(pair)}
                      onClick={() => onPick(key)}
                    >
                      <Icon name={fits ? "check" : "cross"} size={14} /> {fits ? "fit" : "do not"}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
