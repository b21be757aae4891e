import type { ContextView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { toast } from "../ui/toast.tsx";
import { useCommand } from "../ui/use-command.ts";
import { useFactTypes } from "./context-data.ts";
import { payloadTemplate } from "./payload-template.ts";

const NOTE = "context.note";

/** What was typed, as a payload; a note is its text. */
const payloadOf = (type: string, text: string): Record<string, unknown> => {
  if (type === NOTE) return { text };
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("A payload is an object: { … }.");
  return value as Record<string, unknown>;
};

/** Adds a fact at one replica: a note, or one of any registered type. */
export const NoteForm = ({ view }: { readonly view: ContextView }) => {
  const { data } = useFactTypes();
  const [replica, setReplica] = useState(view.members[0]?.authority ?? "");
  const [type, setType] = useState(NOTE);
  const [text, setText] = useState("");
  const command = useCommand(keys.context(view.id), keys.contexts);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(
      async () =>
        api.contexts.addFacts(view.id, { replica, facts: [{ type, payload: payloadOf(type, text) }] }),
      () => {
        toast({ text: `Added at ${replica}'s replica` });
        setText("");
      },
    );
  };
  if (view.members.length === 0)
    return <p className="quiet">No replica is kept yet: let an authority join under Replicas.</p>;
  return (
    <form className="auth-panel" onSubmit={submit} aria-label="Add a fact">
      <h2>Add a fact</h2>
      <div className="row">
        <label className="field">
          <span>At the replica of</span>
          <select className="input" value={replica} onChange={({ target }) => setReplica(target.value)}>
            {view.members.map(({ authority }) => (
              <option key={authority}>{authority}</option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Type</span>
          <select
            className="input"
            value={type}
            onChange={({ target }) => {
              setType(target.value);
              const chosen = data?.items.find((one) => one.type === target.value);
              setText(target.value === NOTE ? "" : payloadTemplate(chosen));
            }}
          >
            <option>{NOTE}</option>
            {data?.items
              .filter((one) => one.type !== NOTE)
              .map((one) => (
                <option key={one.type}>{one.type}</option>
              ))}
          </select>
        </label>
        <label className="field grow">
          <span>{type === NOTE ? "Text" : "Payload, as JSON"}</span>
          <input className="input" required value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <Button type="submit" disabled={command.busy}>
          Add
        </Button>
      </div>
      <ProblemNote error={command.error} />
    </form>
  );
};
