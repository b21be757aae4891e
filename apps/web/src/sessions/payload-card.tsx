import type { NextAction } from "@parley/wire/http";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { type PayloadSort, readPayload, rememberedText, rememberText } from "./payload-form.ts";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";

type Payload = Extract<NextAction, { kind: "payload" }>;

interface FieldProps {
  readonly sort: PayloadSort;
  readonly id: string;
  readonly text: string;
  readonly label: string;
  readonly why: string | undefined;
  readonly onText: (text: string) => void;
}

/** The control of a sort: a tick for Bool, a line for Nat and String, a box for JSON. */
const PayloadField = ({ sort, id, text, label, why, onText }: FieldProps) => {
  const shared = {
    id,
    "aria-label": label,
    "aria-invalid": why !== undefined,
    "aria-describedby": why === undefined ? undefined : `${id}-why`,
  };
  switch (sort) {
    case "Unit":
      return null;
    case "Bool":
      return (
        <select {...shared} className="input" value={text} onChange={({ target }) => onText(target.value)}>
          <option value="true">true</option>
          <option value="false">false</option>
        </select>
      );
    case "Nat":
    case "String":
      return (
        <input
          {...shared}
          className="input"
          inputMode={sort === "Nat" ? "numeric" : "text"}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      );
    case "Opaque":
      return (
        <textarea
          {...shared}
          className="input mono"
          rows={Math.min(8, Math.max(2, text.split("\n").length))}
          spellCheck={false}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      );
  }
};

/** What a role must put into its message, as a form of the declared type. */
export const PayloadCard = ({ action, first }: { readonly action: Payload; readonly first: boolean }) => {
  const { data, commands, setPreview } = useOpenSession();
  const { payloadSort: sort, payloadType: type } = action;
  const asks = action.about !== undefined;
  const id = useId();
  const [text, setText] = useState(() => rememberedText(localStorage, sort, type));
  const read = readPayload(sort, type, text);
  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!read.ok || commands.busy) return;
    rememberText(localStorage, type, text);
    commands.send(action, read.value);
  };
  const fork = (): void => {
    if (!read.ok) return;
    const { seat, endpoint, step } = action;
    const { at, drive } = data.view;
    const give = { kind: "payload", seat, endpoint, step, value: read.value } as const;
    const change = drive === "eager" ? [give] : [give, { kind: "advance" } as const];
    commands.forkWith(at, change, `${seat} gives another ${action.label} at ${at}`.slice(0, 200));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    send();
  };
  const why = read.ok ? undefined : read.why;
  return (
    <form
      className={first ? "act now" : "act"}
      data-card="payload"
      aria-label={asks ? `Answer to ${action.about}` : `${action.seat} sends ${action.label}`}
      onSubmit={send}
      onKeyDown={onKeyDown}
      onMouseEnter={() => setPreview(action.edgeId)}
      onMouseLeave={() => setPreview(undefined)}
    >
      <p>
        <RoleName role={action.seat} />{" "}
        {asks ? (
          <>
            asks the world: <b>{action.about}</b>
          </>
        ) : (
          <>
            sends <b>{action.label}</b> to <RoleName role={action.peer} />
          </>
        )}
      </p>
      <PayloadField
        sort={sort}
        id={id}
        text={text}
        label={`${action.label}: ${type}`}
        why={why}
        onText={setText}
      />
      {why ? (
        <small id={`${id}-why`} className="bad-note">
          {why}
        </small>
      ) : null}
      <div className="act-row">
        <Button
          type="submit"
          variant="primary"
          small
          data-first-action={first || undefined}
          disabled={!read.ok || commands.busy || commands.blocked !== undefined}
        >
          {asks ? "Answer" : "Send"}
        </Button>
        {data.past ? (
          <Button small icon="fork" disabled={!read.ok || commands.busy} onClick={fork}>
            Fork with this
          </Button>
        ) : null}
        <small className="mono">{type}</small>
      </div>
    </form>
  );
};
