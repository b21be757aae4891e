import type { AdmissionMatrix } from "@parley/wire/http";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { download } from "../simulation/download.ts";
import { Button } from "../ui/button.tsx";
import { csvOf } from "../ui/csv.ts";
import { Icon } from "../ui/icon.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { useMatrix } from "./runtime-data.ts";
import { RuntimeSelect } from "./runtime-select.tsx";

type Row = AdmissionMatrix["rows"][number];
type Cell = Row["cells"][number];

const words: Readonly<Record<Cell["outcome"], string>> = {
  passed: "passed",
  needs: "needs something",
  refused: "refused",
};
const icons = { passed: "check", needs: "warn", refused: "cross" } as const;
const tones = { passed: "ok-note", needs: "warn-note", refused: "bad-note" } as const;

const keyOf = (row: Pick<Row, "protocol">, rule: string): string => `${row.protocol}/${rule}`;

/** The matrix as rows of a table: a protocol a line, a rule a column. */
const exportCsv = ({ rules, rows }: AdmissionMatrix): string =>
  csvOf(
    ["protocol", "name", "admitted", ...rules.map(({ rule }) => rule), "unjudged"],
    rows.map((row) => [
      row.protocolId ?? row.protocol,
      row.name,
      row.admitted,
      ...rules.map(({ rule }) => row.cells.find((cell) => cell.rule === rule)?.outcome ?? null),
      row.unjudged,
    ]),
  );

const Verdict = ({
  row,
  cell,
  title,
}: {
  readonly row: Row;
  readonly cell: Cell;
  readonly title: string;
}) => {
  const { runtime, cell: chosen } = useSearch({ from: "/admission" });
  const name = `${row.name}, ${title}: ${words[cell.outcome]}`;
  if (cell.outcome === "passed")
    return (
      <span className={tones.passed} role="img" aria-label={name}>
        <Icon name="check" size={14} />
      </span>
    );
  return (
    <Link
      to="/admission"
      search={{ tab: "matrix", runtime, cell: keyOf(row, cell.rule) }}
      className={tones[cell.outcome]}
      aria-label={name}
      aria-current={chosen === keyOf(row, cell.rule) ? "true" : undefined}
      replace
    >
      <Icon name={icons[cell.outcome]} size={14} />
    </Link>
  );
};

const MatrixTable = ({ matrix }: { readonly matrix: AdmissionMatrix }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
  <section className="adm-matrix" aria-label="Matrix" tabIndex={0}>
    <table>
      <caption className="visually-hidden">What each rule says of each protocol</caption>
      <thead>
        <tr>
          <th scope="col">Protocol</th>
          <th scope="col">Admitted</th>
          {matrix.rules.map(({ rule, title, source }) => (
            <th key={rule} scope="col" title={`${title} (${source})`}>
              <span>{rule}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map((row) => (
          <tr key={row.protocol} data-protocol={row.protocol} data-admitted={row.admitted}>
            <th scope="row">
              <Link to="/protocols/$id" params={{ id: row.protocol }} search={{ tab: "admission" }}>
                {row.name}
              </Link>
            </th>
            <td>{row.unjudged === null ? (row.admitted ? "yes" : "no") : "not judged"}</td>
            {row.unjudged === null ? (
              matrix.rules.map(({ rule, title }) => {
                const cell = row.cells.find((one) => one.rule === rule);
                return (
                  <td key={rule} data-rule={rule}>
                    {cell ? <Verdict row={row} cell={cell} title={title} /> : null}
                  </td>
                );
              })
            ) : (
              <td colSpan={matrix.rules.length} className="quiet">
                {row.unjudged}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const CellDetail = ({ matrix }: { readonly matrix: AdmissionMatrix }) => {
  const { cell: chosen } = useSearch({ from: "/admission" });
  const row = matrix.rows.find((one) => one.cells.some(({ rule }) => keyOf(one, rule) === chosen));
  const cell = row?.cells.find(({ rule }) => keyOf(row, rule) === chosen);
  const rule = matrix.rules.find((one) => one.rule === cell?.rule);
  if (row === undefined || cell === undefined || rule === undefined) return null;
  return (
    <section className="auth-panel" aria-label={`${row.name}: ${rule.title}`}>
      <h2>
        {row.name}: {rule.title}
      </h2>
      <p>
        {words[cell.outcome]}
        {cell.reason === null ? "" : `: ${cell.reason}`}.
      </p>
      {cell.needs === null ? null : <p>Would be admitted with: {cell.needs}.</p>}
      <p className="quiet">{rule.source}</p>
    </section>
  );
};

/** What a runtime would refuse: every rule, really asked of every protocol. */
export const MatrixTab = () => {
  const { runtime = "full" } = useSearch({ from: "/admission" });
  const navigate = useNavigate();
  const { data, error, refetch, isFetching } = useMatrix({ runtime });
  const refused = data?.rows.filter(({ admitted }) => !admitted) ?? [];
  return (
    <>
      <div className="dt-tools adm-tools">
        <RuntimeSelect
          label="Runtime"
          value={runtime}
          onValue={(name) =>
            void navigate({ to: "/admission", search: { tab: "matrix", runtime: name }, replace: true })
          }
        />
        <span role="status" className="dt-count" aria-busy={isFetching}>
          {data ? `${refused.length} of ${data.rows.length} are refused` : ""}
        </span>
        <Button
          small
          disabled={!data}
          aria-label="Export the matrix as JSON"
          onClick={() =>
            download(
              `admission-${runtime}.json`,
              "application/json",
              `${JSON.stringify(data, undefined, 1)}\n`,
            )
          }
        >
          JSON
        </Button>
        <Button
          small
          disabled={!data}
          aria-label="Export the matrix as CSV"
          onClick={() => data && download(`admission-${runtime}.csv`, "text/csv", exportCsv(data))}
        >
          CSV
        </Button>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState what="what every rule says" /> : null}
      {data ? <MatrixTable matrix={data} /> : null}
      {data ? <CellDetail matrix={data} /> : null}
    </>
  );
};
