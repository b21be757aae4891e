import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";

/** The contexts of the workspace, newest first. */
export const useContexts = () =>
  useQuery({ queryKey: [...keys.contexts, "all"], queryFn: () => api.contexts.list() });

/** Names a context: one that is there, or any other. */
export const ContextField = ({
  value,
  onChange,
  label = "Context",
}: {
  readonly value: string;
  readonly onChange: (context: string) => void;
  readonly label?: string;
}) => {
  const list = useId();
  const { data } = useContexts();
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        required
        list={list}
        placeholder="ctx:…"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={list}>
        {data?.items.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </datalist>
    </label>
  );
};
