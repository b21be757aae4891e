import { consumerOf } from "@parley/core";
import { protocolSurface } from "@parley/runtime/admission";
import type { RuntimeProfileDetail } from "@parley/wire/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { RuntimeSelect } from "./runtime-select.tsx";

interface Difference {
  readonly key: string;
  readonly left: string;
  readonly right: string;
  readonly consumer: string;
}

const word = (has: boolean | undefined): string => (has === true ? "yes" : "no");

const differences = (a: RuntimeProfileDetail, b: RuntimeProfileDetail): readonly Difference[] =>
  [...new Set([...Object.keys(a.inventory), ...Object.keys(b.inventory)])]
    .filter((key) => word(a.inventory[key]) !== word(b.inventory[key]))
    .sort()
    .map((key) => ({
      key,
      left: word(a.inventory[key]),
      right: word(b.inventory[key]),
      consumer: protocolSurface(key)?.consumer ?? consumerOf(key) ?? "nobody",
    }));

const columnsOf = (left: string, right: string): readonly Column<Difference>[] => [
  {
    id: "key",
    head: "Key",
    width: "minmax(0, 1.4fr)",
    text: ({ key }) => key,
    show: ({ key }) => <span className="mono">{key}</span>,
  },
  { id: left, head: left, width: "84px", text: (row) => row.left },
  { id: right, head: right, width: "84px", text: (row) => row.right },
  { id: "consumer", head: "Read by", width: "minmax(0, 2fr)", wide: true, text: ({ consumer }) => consumer },
];

/** Where two runtimes differ, key by key. */
export const RuntimeCompare = ({
  profile,
  all,
}: {
  readonly profile: RuntimeProfileDetail;
  readonly all: readonly RuntimeProfileDetail[];
}) => {
  const { with: asked = "full" } = useSearch({ from: "/admission" });
  const navigate = useNavigate();
  const other = all.find(({ name }) => name === asked);
  return (
    <section className="auth-panel" aria-label="Compare runtimes">
      <h2>Compared</h2>
      <RuntimeSelect
        label="With"
        value={asked}
        onValue={(name) =>
          void navigate({
            to: "/admission",
            search: { tab: "runtimes", runtime: profile.name, with: name },
            replace: true,
          })
        }
      />
      {other === undefined ? null : (
        <DataTable
          label={`${profile.name} and ${other.name}`}
          rows={differences(profile, other)}
          columns={columnsOf(profile.name, other.name === profile.name ? "itself" : other.name)}
          keyOf={({ key }) => key}
          empty={<p className="quiet">They can do the same.</p>}
        />
      )}
    </section>
  );
};
