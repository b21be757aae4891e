import type { ScheduleView, SessionView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { useSelection } from "../../selection/selection.ts";
import { ErrorState, LoadingState } from "../../ui/states.tsx";
import { RoleName } from "../role-name.tsx";
import { useOpenSession } from "../session-context.ts";
import { EnvelopeSection } from "./envelope-section.tsx";
import "./execution.css";

type Fact = readonly [name: string, value: ReactNode];

const Facts = ({ list }: { readonly list: readonly Fact[] }) => (
  <dl className="facts">
    {list.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const hundredths = (part: number): string => `${part / 100} %`;

/** A parity profile that asks for a scheduler has it where none was asked for by name. */
const whyThisOne = (execution: SessionView["execution"]): string => {
  const parity = execution?.parity ?? "runtime_default";
  if (execution?.scheduler) return execution.scheduler.why;
  return parity === "runtime_default"
    ? "the default: none was asked for"
    : `the parity profile ${parity} asks for it`;
};

/** Which scheduler picks, by which rule, and why this one. */
const Scheduler = ({
  schedule,
  execution,
}: {
  readonly schedule: ScheduleView;
  readonly execution: SessionView["execution"];
}) => {
  const chosen = execution?.scheduler;
  const facts: readonly Fact[] = [
    ["picks", schedule.scheduler.rule],
    ["why this one", whyThisOne(execution)],
    ...(chosen
      ? ([
          ["asked for", chosen.asked],
          ["class", chosen.protocolClass],
          ["weight", chosen.weight],
          ["guard slots", chosen.guardSlots],
          ["contended guards", chosen.signals.guardContention],
          ["flow pressure", hundredths(chosen.signals.flowPressure)],
          ["leakage pressure", hundredths(chosen.signals.leakagePressure)],
        ] as const)
      : []),
  ];
  return (
    <>
      <h3>
        Scheduler <span className="mono">{schedule.scheduler.name}</span>
      </h3>
      <Facts list={facts} />
    </>
  );
};

const selectRole = (role: string, edge: string | null = null): void =>
  useSelection.getState().select({ role, ...(edge === null ? {} : { edge }), source: "machine" });

const nameOf = ({ role, endpoint }: { readonly role: string; readonly endpoint: string }) => (
  <>
    <RoleName role={role} />
    {endpoint === "" ? null : <small className="mono"> arm {endpoint}</small>}
  </>
);

const more = (listed: number, all: number) =>
  listed < all ? <p className="quiet-note">and {all - listed} more</p> : null;

const nextNote = ({ woken, tokens, priority }: ScheduleView["next"][number]): string =>
  [
    woken ? "woken this round" : "",
    priority === null ? "" : `priority ${priority}`,
    tokens > 0 ? `${tokens} ${tokens === 1 ? "token" : "tokens"}` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");

/** Who is picked next, who waits for what, who is held. */
const Queue = ({ schedule }: { readonly schedule: ScheduleView }) => {
  const { next, waiting, held, counts } = schedule;
  return (
    <>
      <h3>
        Queue after round {schedule.tick}: {counts.next} ready, {counts.waiting} waiting, {counts.held} held,{" "}
        {counts.done} done, {counts.faulted} faulted
      </h3>
      <ol className="queue" aria-label="Picked next, in this order">
        {next.map((one) => (
          <li key={one.coroutine}>
            <button type="button" onClick={() => selectRole(one.role)}>
              {nameOf(one)} <small>{nextNote(one)}</small>
            </button>
          </li>
        ))}
      </ol>
      {next.length === 0 ? <p className="quiet-note">Nobody can run.</p> : null}
      {more(next.length, counts.next)}
      <ul className="plain queue" aria-label="Waiting">
        {waiting.map((one) => (
          <li key={one.coroutine}>
            <button type="button" onClick={() => selectRole(one.role, one.edgeId)}>
              {nameOf(one)} <small>{one.text}</small>
            </button>
          </li>
        ))}
      </ul>
      {more(waiting.length, counts.waiting)}
      <ul className="plain queue" aria-label="Held">
        {held.map((one) => (
          <li key={one.coroutine}>
            <button type="button" onClick={() => selectRole(one.role)}>
              {nameOf(one)} <small>{one.why === "paused" ? "is paused" : "its site is down"}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

const wavesOf = (waves: NonNullable<SessionView["execution"]>["waves"]): readonly Fact[] =>
  waves === null
    ? [["waves", "none: one step a round"]]
    : [
        ["waves", `up to ${waves.width} steps a round`],
        ["widest so far", waves.maxWidth],
        ["rounds, steps", `${waves.rounds}, ${waves.steps}`],
        ["kept apart by footprints", waves.conflicts],
        ["fell back to one step", waves.refused],
      ];

const Policy = ({
  schedule,
  view,
}: {
  readonly schedule: ScheduleView;
  readonly view: Pick<SessionView, "policy" | "execution">;
}) => {
  const { policy } = schedule;
  const facts: readonly Fact[] = policy
    ? [
        ["class", policy.class],
        ["mode", policy.mode],
        ["envelope", policy.envelope],
        ["wave bound", policy.waveBound],
        ["determinism", policy.determinism],
        ["tier", policy.tier],
        ["replay", policy.replay],
      ]
    : [];
  return (
    <>
      <h3>
        Policy <span className="mono">{view.policy}</span>
      </h3>
      <Facts
        list={[
          ...facts,
          ...wavesOf(view.execution?.waves ?? null),
          ["hardening profile", view.execution?.profile ?? "none asked for"],
          ["parity profile", view.execution?.parity ?? "none asked for"],
          ["parity met", schedule.parity.join(", ") || "none"],
        ]}
      />
    </>
  );
};

/** Backend, mode and policy the session really runs on, beside those that were asked for. */
const RunsOn = ({ runsOn }: Pick<SessionView, "runsOn">) => {
  if (!runsOn) return null;
  const { profile, lacks, backend, mode, policy, parity } = runsOn;
  const beside = (ran: string, asked: string | null): string =>
    asked === null || asked === ran ? ran : `${ran} (asked for: ${asked})`;
  return (
    <section aria-label="Runs on">
      <h3>Runs on</h3>
      <Facts
        list={[
          ["backend", beside(backend.ran, backend.asked)],
          ["mode", beside(mode.ran, mode.asked)],
          ["policy", beside(policy.ran, policy.asked ?? policy.named)],
          [
            "agrees with",
            `${parity.met.join(", ")}${parity.asked === null ? "" : ` (asked for: ${parity.asked})`}`,
          ],
          [
            "runtime",
            <Link key="runtime" to="/admission" search={{ tab: "runtimes", runtime: profile }}>
              {profile}
            </Link>,
          ],
          ["it lacks", lacks.join(", ") || "nothing"],
        ]}
      />
    </section>
  );
};

const Budgets = ({ budgets, tick }: { readonly budgets: ScheduleView["budgets"]; readonly tick: number }) => {
  const { steps, weight, credits, cost, edges } = budgets;
  return (
    <>
      <h3>Budgets</h3>
      <Facts
        list={[
          [
            "termination",
            steps === null ? `weight ${weight}, no class` : `${steps} steps for weight ${weight}`,
          ],
          ["rounds so far", tick],
          ["credits a role", credits === null ? "without limit" : `${credits}, ${cost} an instruction`],
          ["registers", budgets.registers],
          ["payload", `${budgets.payloadBytes} bytes, checked: ${budgets.payloads}`],
          ["an edge holds", `${edges.capacity} (${edges.mode}); full: ${edges.full}`],
          ["guard layers", budgets.guardLayers.join(", ") || "none"],
          ["output, flow", `${budgets.output}, ${budgets.flow}`],
        ]}
      />
    </>
  );
};

/** How the session is run at the position shown: scheduler, queue, policy, budgets, envelope. */
export const ExecutionPanel = () => {
  const { data } = useOpenSession();
  const { id, view } = data;
  const query = useQuery({
    queryKey: [...keys.session(id, view.at), "schedule"],
    queryFn: () => api.sessions.schedule(id, view.at),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const schedule = query.data;
  return (
    <section aria-label="Execution" className="detail execution">
      {schedule ? (
        <div className={query.isPlaceholderData ? "dimmed" : undefined}>
          <Scheduler schedule={schedule} execution={view.execution} />
          <Queue schedule={schedule} />
          <Policy schedule={schedule} view={view} />
          <RunsOn runsOn={view.runsOn} />
          <Budgets budgets={schedule.budgets} tick={schedule.tick} />
        </div>
      ) : null}
      {query.error && !schedule ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <LoadingState what="the schedule" /> : null}
      <EnvelopeSection />
    </section>
  );
};
