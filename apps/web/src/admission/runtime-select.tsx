import { useRuntimes } from "./runtime-data.ts";

/** Picks one of the runtime profiles; one that is gone stays named. */
export const RuntimeSelect = ({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (name: string) => void;
}) => {
  const { data } = useRuntimes();
  const names = data?.items.map(({ name }) => name) ?? [];
  return (
    <label className="adm-pick">
      <span>{label}</span>
      <select className="input" value={value} onChange={({ target }) => onValue(target.value)}>
        {names.includes(value) ? null : <option value={value}>{value}</option>}
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};
