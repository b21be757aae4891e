import type { FactTypeView } from "@parley/wire/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { useFactTypes } from "./context-data.ts";
import { DeclareType } from "./declare-type.tsx";

/** A time declared wider than it needs, in words. */
const findingWords = ({ code, field, declared, narrowest }: FactTypeView["findings"][number]): string =>
  `${code}: ${field === null ? "its own time" : field} is ${declared} time, ${narrowest} would do`;

const columns: readonly Column<FactTypeView>[] = [
  {
    id: "type",
    head: "Type",
    width: "minmax(0, 1.4fr)",
    text: ({ type }) => type,
    show: ({ type }) => <span className="mono">{type}</span>,
  },
  {
    id: "version",
    head: "Version",
    width: "66px",
    text: ({ version }) => version,
    show: ({ version, minVersion }) => (version === minVersion ? version : `${minVersion} – ${version}`),
  },
  { id: "owner", head: "Owner", wide: true, text: ({ owner }) => owner },
  { id: "time", head: "Time", width: "76px", wide: true, text: ({ time }) => time },
  {
    id: "findings",
    head: "Findings",
    width: "92px",
    text: ({ findings }) => findings.map(findingWords).join("; "),
    show: ({ findings }) =>
      findings.length === 0 ? (
        <Chip tone="ok" icon="check">
          none
        </Chip>
      ) : (
        <Chip tone="warn" icon="warn" title={findings.map(findingWords).join("; ")}>
          {findings.length}
        </Chip>
      ),
  },
  { id: "reducer", head: "Reducer", width: "90px", wide: true, text: ({ reducer }) => reducer },
  {
    id: "fields",
    head: "Fields",
    width: "minmax(0, 2fr)",
    wide: true,
    text: ({ fields }) => fields.map(({ name, kind }) => `${name}: ${kind}`).join(", "),
  },
];

const Detail = ({
  type: { type, owner, version, minVersion, time, reducer, fields, findings },
}: {
  type: FactTypeView;
}) => (
  <section className="auth-panel" aria-label={`Type ${type}`}>
    <h2 className="mono">{type}</h2>
    <p>
      Declared by {owner}; writes version {version}, reads from {minVersion}; time of the {time} domain;
      reduced by “{reducer}”.
    </p>
    {findings.map((finding) => (
      <p key={finding.field ?? ""} className="problem-note">
        {findingWords(finding)}
      </p>
    ))}
    {fields.length === 0 ? (
      <p className="quiet">No field is asked for.</p>
    ) : (
      <dl className="facts-list">
        {fields.map(({ name, kind }) => [
          <dt key={`${name} name`} className="mono">
            {name}
          </dt>,
          <dd key={`${name} kind`}>{kind}</dd>,
        ])}
      </dl>
    )}
  </section>
);

/** The one registry of fact types: ids are unique, whatever is not in it is refused. */
export const FactTypesTab = () => {
  const { type } = useSearch({ from: "/journal" });
  const navigate = useNavigate();
  const { data, error, refetch } = useFactTypes();
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the fact types" />
    );
  const chosen = data.items.find((one) => one.type === type);
  return (
    <>
      <DataTable
        label="Fact types"
        rows={data.items}
        columns={columns}
        keyOf={(one) => one.type}
        hrefOf={(one) => `/journal?tab=types&type=${encodeURIComponent(one.type)}`}
        onOpen={(one) => void navigate({ to: "/journal", search: { tab: "types", type: one.type } })}
        selected={type}
        empty={<p className="quiet">No type is registered.</p>}
      />
      {chosen ? <Detail type={chosen} /> : null}
      <DeclareType
        onDone={({ type: declared }) =>
          void navigate({ to: "/journal", search: { tab: "types", type: declared } })
        }
      />
    </>
  );
};
