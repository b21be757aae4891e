import { Button } from "../ui/button.tsx";
import type { DraftRow } from "./draft.ts";

interface RowProps {
  readonly row: DraftRow;
  readonly at: number;
  readonly protocols: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (row: DraftRow) => void;
  readonly onRemove: () => void;
}

const Text = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => (
  <label className="field">
    <span>{label}</span>
    <input
      className="input"
      value={value}
      maxLength={200}
      onChange={({ target }) => onChange(target.value)}
    />
  </label>
);

const Protocol = ({
  label,
  value,
  none,
  protocols,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly none: string;
  readonly protocols: RowProps["protocols"];
  readonly onChange: (value: string) => void;
}) => (
  <label className="field">
    <span>{label}</span>
    <select className="input" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{none}</option>
      {protocols.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

const Fields = ({ row, protocols, onChange }: RowProps) => {
  switch (row.kind) {
    case "phase":
      return (
        <>
          <Text label="Phase" value={row.name} onChange={(name) => onChange({ ...row, name })} />
          <Protocol
            label="Protocol"
            none="choose"
            value={row.protocol}
            protocols={protocols}
            onChange={(protocol) => onChange({ ...row, protocol })}
          />
          <Protocol
            label="Undone by"
            none="nothing"
            value={row.undo}
            protocols={protocols}
            onChange={(undo) => onChange({ ...row, undo })}
          />
        </>
      );
    case "validate":
      return (
        <>
          <Text label="Role" value={row.role} onChange={(role) => onChange({ ...row, role })} />
          <Text
            label="may"
            value={row.capability}
            onChange={(capability) => onChange({ ...row, capability })}
          />
        </>
      );
    case "log":
      return (
        <Text label="Notes the event" value={row.event} onChange={(event) => onChange({ ...row, event })} />
      );
  }
};

/** One row of the builder: what it is, and what can be filled in. */
export const BuilderRow = (props: RowProps) => (
  <li className="cmp-build-row">
    <span className="cmp-build-no">{props.at + 1}</span>
    <div className="cmp-build-fields">
      <Fields {...props} />
    </div>
    <Button
      variant="quiet"
      small
      icon="trash"
      aria-label={`Remove row ${props.at + 1}`}
      onClick={props.onRemove}
    />
  </li>
);
