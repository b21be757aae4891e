import type { ForkRequest } from "@parley/wire/http";
import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";

type Change = NonNullable<ForkRequest["change"]>;

interface Fault {
  readonly text: string;
  readonly change: Change;
}

/** Faults offered at once; a family of thousands fails by its first members. */
const OFFERED = 80;

const crash = (site: string): Fault => ({
  text: `${site} crashes`,
  change: { kind: "topology", event: { kind: "crash", site } },
});

const cut = (from: string, to: string): Fault => ({
  text: `nothing gets from ${from} to ${to}`,
  change: { kind: "topology", event: { kind: "partition", from, to } },
});

const garbled = (from: string, to: string): Fault => ({
  text: `${from} to ${to} arrives garbled`,
  change: { kind: "topology", event: { kind: "corrupt", from, to, corruption: "bitFlip" } },
});

/** A fault of a role or of the way between two, tried in a fork of the position shown. */
export const WhatIf = () => {
  const { data, commands } = useOpenSession();
  const { view } = data;
  const faults = [
    ...view.roles.slice(0, OFFERED).map(({ role }) => crash(role)),
    ...view.edges.slice(0, OFFERED).map(({ from, to }) => cut(from, to)),
  ];
  const tryOut = (text: string): void => {
    const fault = faults.find((one) => one.text === text);
    if (fault) commands.forkWith(view.at, fault.change, `What if ${fault.text} at ${view.at}`);
  };
  return (
    <div className="add-line">
      <select
        className="input"
        aria-label="What if, in a branch"
        value=""
        disabled={commands.busy}
        onChange={({ target }) => tryOut(target.value)}
      >
        <option value="">What if …</option>
        {faults.map(({ text }) => (
          <option key={text} value={text}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
};

/** Faults of one message, tried in a fork of the position before it was sent. */
export const WhatIfMessage = ({
  from,
  to,
  sentAt,
}: {
  readonly from: string;
  readonly to: string;
  readonly sentAt: number;
}) => {
  const { commands } = useOpenSession();
  if (sentAt < 1) return null;
  return (
    <div className="act-row pad">
      {[cut(from, to), garbled(from, to), crash(to)].map(({ text, change }) => (
        <Button
          key={text}
          small
          icon="fork"
          disabled={commands.busy}
          onClick={() => commands.forkWith(sentAt - 1, change, `What if ${text} at ${sentAt - 1}`)}
        >
          What if {text}
        </Button>
      ))}
    </div>
  );
};
