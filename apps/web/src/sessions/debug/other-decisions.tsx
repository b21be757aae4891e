import type { EntryJson, NextAction, SessionView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";

type Decide = Extract<NextAction, { kind: "decide" }>;

/** A decision of the log: where it was made and what was taken. */
interface Taken {
  readonly seat: string;
  readonly endpoint: string;
  readonly step: number;
  readonly label: string;
}

const isTaken = (value: unknown): value is Taken => {
  const { seat, endpoint, step, label } = value as Partial<Taken>;
  return (
    typeof seat === "string" &&
    typeof endpoint === "string" &&
    typeof step === "number" &&
    typeof label === "string"
  );
};

/** The decision an entry records: handed in as an input, or taken by a policy. */
export const takenIn = ({ input, reads }: EntryJson): Taken | undefined => {
  if (input.kind === "decide" && isTaken(input)) return input;
  const read = reads.find(({ kind }) => kind === "decision");
  const of = { seat: read?.role, endpoint: read?.endpoint, step: read?.step, label: read?.label };
  return isTaken(of) ? of : undefined;
};

const same = (action: NextAction, taken: Taken): action is Decide =>
  action.kind === "decide" &&
  action.seat === taken.seat &&
  action.endpoint === taken.endpoint &&
  action.step === taken.step;

/** Buttons that fork a position with one of some labels of a decision. */
export const ForkWith = ({
  view,
  action,
  without,
}: {
  readonly view: Pick<SessionView, "at" | "drive">;
  readonly action: Decide;
  readonly without?: string;
}) => {
  const { commands } = useOpenSession();
  const { seat, endpoint, step } = action;
  const others = action.options.filter(({ label, arm }) => label !== without && (arm ?? label) !== without);
  const fork = (label: string): void => {
    const decide = { kind: "decide", seat, endpoint, step, label } as const;
    const change = view.drive === "eager" ? [decide] : [decide, { kind: "advance" } as const];
    commands.forkWith(view.at, change, `${seat} takes ${label} at ${view.at}`);
  };
  if (others.length === 0) return null;
  return (
    <div className="act-row pad">
      {others.map(({ label, arm }) => (
        <Button key={label} small icon="fork" disabled={commands.busy} onClick={() => fork(label)}>
          Fork with {arm ?? label}
        </Button>
      ))}
    </div>
  );
};

/** The other ways a decision of the log could have gone, each a fork away. */
export const OtherDecisions = ({ seq }: { readonly seq: number }) => {
  const { data } = useOpenSession();
  const { id, log } = data;
  const entry = log.at(seq);
  const taken = entry && takenIn(entry);
  const at = Math.max(0, seq - 1);
  const query = useQuery({
    queryKey: keys.session(id, at),
    queryFn: () => api.sessions.get(id, at),
    enabled: taken !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const action = taken && query.data?.next.find((one) => same(one, taken));
  if (!taken || !query.data || !action || !same(action, taken)) return null;
  return (
    <>
      <p className="quiet-note">
        {taken.seat} took {taken.label} at #{seq}. Try another way:
      </p>
      <ForkWith view={query.data} action={action} without={taken.label} />
    </>
  );
};
