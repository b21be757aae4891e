import { consumerOf } from "@parley/core";
import { inventoryOfProfile, profileKeys, protocolSurface } from "@parley/runtime/admission";
import type { RuntimeProfileDetail } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { api } from "../api/api.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useCommand } from "../ui/use-command.ts";
import { runtimeKeys } from "./runtime-data.ts";

type Keys = RuntimeProfileDetail["keys"];

/** Only what differs from the base is kept. */
const overrides = (base: "full" | "none", has: ReadonlyMap<string, boolean>): Keys => {
  const plain = inventoryOfProfile({ name: "", base, keys: {} });
  return Object.fromEntries(
    profileKeys.flatMap((key) => {
      const value = has.get(key) === true;
      return (plain.get(key) === true) === value ? [] : [[key, value] as const];
    }),
  );
};

const KeyBox = ({
  name,
  on,
  onChange,
}: {
  readonly name: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) => (
  <li>
    <label>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span className="mono">{name}</span>
    </label>
    <small>{consumerOf(name) ?? "nobody asks for it yet"}</small>
  </li>
);

/** What of the ten surfaces follows from the keys as they are set. */
const Surfaces = ({ has }: { readonly has: ReadonlyMap<string, boolean> }) => (
  <p>
    Surfaces it lacks:{" "}
    {[...has]
      .filter(([key, is]) => !is && protocolSurface(key) !== undefined)
      .map(([key]) => key)
      .join(", ") || "none"}
    .
  </p>
);

interface EditorProps {
  readonly profile: RuntimeProfileDetail;
  readonly onGo: (name: string | undefined) => void;
}

/** Changes a runtime's keys, and saves it: a shipped one under another name. */
export const RuntimeEditor = ({ profile, onGo }: EditorProps) => {
  const [base, setBase] = useState(profile.base);
  const [keys, setKeys] = useState<Keys>(profile.keys);
  const [name, setName] = useState(profile.shipped ? "" : profile.name);
  const nameId = useId();
  const command = useCommand(runtimeKeys.profiles, ["admission"]);
  const has = inventoryOfProfile({ name: "", base, keys });
  const same = name === profile.name;
  const save = (): void =>
    void command.run(
      () => api.runtimes.put(name, { base, keys, baseRevision: same ? profile.revision : 0 }),
      (saved) => {
        announce(`Saved ${saved.name}`);
        onGo(saved.name);
      },
    );
  const remove = (): void =>
    void command.run(
      () => api.runtimes.remove(profile.name),
      () => {
        announce(`Deleted ${profile.name}`);
        onGo(undefined);
      },
    );
  return (
    <section className="auth-panel" aria-label={`Runtime ${profile.name}`}>
      <h2>{profile.name}</h2>
      <p>
        <Link to="/admission" search={{ tab: "matrix", runtime: profile.name }}>
          What would it refuse?
        </Link>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label className="adm-pick">
          <span>Starts from</span>
          <select
            className="input"
            value={base}
            onChange={({ target }) => setBase(target.value === "none" ? "none" : "full")}
          >
            <option value="full">full contracts</option>
            <option value="none">no contracts</option>
          </select>
        </label>
        <fieldset className="adm-keys">
          <legend>Keys</legend>
          <ul className="plain">
            {profileKeys.map((key) => (
              <KeyBox
                key={key}
                name={key}
                on={has.get(key) === true}
                onChange={(on) => setKeys(overrides(base, new Map(has).set(key, on)))}
              />
            ))}
          </ul>
        </fieldset>
        <Surfaces has={has} />
        <div className="row">
          <label className="adm-pick" htmlFor={nameId}>
            <span>Name</span>
            <input
              id={nameId}
              className="input"
              required
              maxLength={64}
              pattern="[A-Za-z0-9_][A-Za-z0-9._\-]*"
              value={name}
              placeholder={profile.shipped ? "a name of its own" : undefined}
              onChange={({ target }) => setName(target.value)}
            />
          </label>
          <Button type="submit" variant="primary" disabled={command.busy || name === ""}>
            {same ? "Save" : "Save as new"}
          </Button>
          {profile.shipped ? null : (
            <Button variant="danger" disabled={command.busy} onClick={remove}>
              Delete
            </Button>
          )}
        </div>
        {command.error ? <ProblemNote error={command.error} /> : null}
      </form>
    </section>
  );
};
