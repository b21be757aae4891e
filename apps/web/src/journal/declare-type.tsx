import type { FactTypeView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { ApiError, api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { toast } from "../ui/toast.tsx";
import { useCommand } from "../ui/use-command.ts";
import { readFields } from "./read-fields.ts";

const reducers = [
  ["all", "every payload, in order"],
  ["latest", "the last payload"],
  ["count", "how many there are"],
  ["tally", "how often each name was recorded"],
] as const;

/** The parts of the form a refusal can be about. */
type Part = "type" | "version" | "reducer";

/** Which part of the form was refused, and why; undefined where it is none of them. */
const refusedPart = (error: unknown): { readonly part: Part; readonly reason: string } | undefined => {
  if (!(error instanceof ApiError) || error.problem.code !== "PAR7796") return undefined;
  const { field, reason } = error.problem.fields ?? {};
  const part = field === "minVersion" ? "version" : field;
  return part === "type" || part === "version" || part === "reducer"
    ? { part, reason: String(reason) }
    : undefined;
};

/** Declares a type of fact: a name of one's own, what its payloads hold, how they are reduced. */
export const DeclareType = ({ onDone }: { readonly onDone: (type: FactTypeView) => void }) => {
  const [type, setType] = useState("");
  const [version, setVersion] = useState(1);
  const [reducer, setReducer] = useState<string>("all");
  const [text, setText] = useState("");
  const command = useCommand(keys.factTypes);
  const fields = readFields(text);
  const refused = refusedPart(command.error);
  const told = (part: Part) =>
    refused?.part === part ? { "aria-invalid": true, "aria-describedby": `declare-${part}-why` } : {};
  const why = (part: Part) =>
    refused?.part === part ? (
      <small id={`declare-${part}-why`} className="problem-note" role="alert">
        {refused.reason} <span className="mono">PAR7796</span>
      </small>
    ) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!fields.ok) return;
    void command.run(
      () =>
        api.contexts.declareFactType({
          type,
          version,
          minVersion: 1,
          fields: fields.fields,
          time: { need: "instant", domain: "physical" },
          reducer,
        }),
      (declared) => {
        toast({ text: `${declared.type} is declared` });
        onDone(declared);
      },
    );
  };
  return (
    <form className="auth-panel" onSubmit={submit} aria-label="Declare a type">
      <h2>Declare a type</h2>
      <div className="row">
        <label className="field grow">
          <span>Name, like clinic.visit</span>
          <input
            className="input mono"
            required
            pattern="[a-z][a-z0-9\-]*(\.[a-z][a-z0-9\-]*)+"
            {...told("type")}
            value={type}
            onChange={({ target }) => setType(target.value)}
          />
          {why("type")}
        </label>
        <label className="field">
          <span>Version</span>
          <input
            className="input"
            type="number"
            min={1}
            max={65535}
            {...told("version")}
            value={version}
            onChange={({ target }) => setVersion(Number(target.value))}
          />
          {why("version")}
        </label>
        <label className="field">
          <span>Reduced to</span>
          <select
            className="input"
            {...told("reducer")}
            value={reducer}
            onChange={({ target }) => setReducer(target.value)}
          >
            {reducers.map(([name, says]) => (
              <option key={name} value={name}>
                {says}
              </option>
            ))}
          </select>
          {why("reducer")}
        </label>
      </div>
      <label className="field">
        <span>
          Fields, one a line: name, what it holds (of a time also what it is for, and its domain), “optional”
        </span>
        <textarea
          className="input mono"
          rows={4}
          placeholder={"patient text\nseen time instant\nminutes integer optional"}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      {fields.ok ? null : (
        <p className="problem-note" role="alert">
          Line {fields.line}: {fields.reason}.
        </p>
      )}
      <div className="row">
        <Button type="submit" disabled={command.busy || !fields.ok}>
          Declare
        </Button>
      </div>
      {refused === undefined ? <ProblemNote error={command.error} /> : null}
    </form>
  );
};
