import type { FactTypeView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
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

/** Declares a type of fact: a name of one's own, what its payloads hold, how they are reduced. */
export const DeclareType = ({ onDone }: { readonly onDone: (type: FactTypeView) => void }) => {
  const [type, setType] = useState("");
  const [version, setVersion] = useState(1);
  const [reducer, setReducer] = useState<string>("all");
  const [text, setText] = useState("");
  const command = useCommand(keys.factTypes);
  const fields = readFields(text);
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
            value={type}
            onChange={({ target }) => setType(target.value)}
          />
        </label>
        <label className="field">
          <span>Version</span>
          <input
            className="input"
            type="number"
            min={1}
            max={65535}
            value={version}
            onChange={({ target }) => setVersion(Number(target.value))}
          />
        </label>
        <label className="field">
          <span>Reduced to</span>
          <select className="input" value={reducer} onChange={({ target }) => setReducer(target.value)}>
            {reducers.map(([name, says]) => (
              <option key={name} value={name}>
                {says}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label className="field">
        <span>Fields, one a line: name, what it holds, “optional”</span>
        <textarea
          className="input mono"
          rows={4}
          placeholder={"patient text\nminutes integer optional"}
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
      <ProblemNote error={command.error} />
    </form>
  );
};
