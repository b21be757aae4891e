import type { PackAcceptance } from "@parley/core";
import type {
  AdmissionReport,
  AuthorityDetail,
  CheckResponse,
  OpenSessionRequest,
  ProtocolDetail,
} from "@parley/wire/http";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, type RefObject, useMemo, useRef, useState } from "react";
import { ApiError, api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { PackConditions } from "../protocol/pack-conditions.tsx";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { toastProblem } from "../ui/toast.tsx";
import { AdmissionView } from "./admission-view.tsx";
import { FrontierStep } from "./frontier-step.tsx";
import { MoreStep } from "./more-step.tsx";
import { NumbersStep } from "./numbers-step.tsx";
import {
  boundRoles,
  budgetProblem,
  initialForm,
  numberOf,
  numberProblem,
  type OpenForm,
  openNumbers,
  requestOf,
  SEATED_BY_HAND,
  seatsOf,
  withNumber,
} from "./open-form.ts";
import "./open-session.css";
import { SeatsStep } from "./seats-step.tsx";
import { type Admission, useAdmission } from "./use-admission.ts";

interface Loaded {
  readonly protocol: ProtocolDetail;
  readonly check: CheckResponse;
  readonly cast: readonly AuthorityDetail[];
  /** The theorem packs it requires, judged. */
  readonly packs: readonly PackAcceptance[];
}

/** The acceptance rule reads the text alone; most protocols require nothing. */
const packsOf = async (source: string): Promise<readonly PackAcceptance[]> => {
  if (!/\brequires\b/.test(source)) return [];
  const { packAcceptance, parse } = await import("@parley/core");
  return packAcceptance(parse(source).file);
};

/** The version that will be opened, checked: not the draft. */
const loadProtocol = async (id: string): Promise<Loaded | { readonly protocol: ProtocolDetail }> => {
  const [protocol, versions, cast] = await Promise.all([
    api.protocols.get(id),
    api.protocols.versions(id),
    api.authorities(),
  ]);
  const latest = versions.items.find(({ version }) => version === protocol.latestVersion);
  if (!latest) return { protocol };
  const [check, packs] = await Promise.all([
    api.check(latest.source, { protocol: id, version: latest.version }),
    packsOf(latest.source),
  ]);
  return { protocol, check, cast: cast.items, packs };
};

/** The report of a refused start travels in the problem. */
const refusedReport = (error: unknown): AdmissionReport | undefined =>
  error instanceof ApiError ? (error.problem.fields?.admission as AdmissionReport | undefined) : undefined;

const useStart = () => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [starting, setStarting] = useState(false);
  const [refused, setRefused] = useState<AdmissionReport>();
  const start = async (request: Parameters<typeof api.sessions.open>[0]): Promise<void> => {
    if (starting) return;
    setStarting(true);
    try {
      const { session } = await api.sessions.open(request);
      client.setQueryData(keys.session(session.id, undefined), session);
      void client.invalidateQueries({ queryKey: keys.sessions });
      announce(`Session opened: ${session.title}`);
      await navigate({ to: "/sessions/$id", params: { id: session.id } });
    } catch (error) {
      setRefused(refusedReport(error));
      toastProblem(error);
    }
    setStarting(false);
  };
  return { starting, refused, start };
};

/** The form and the request it stands for; none while a number cannot be used. */
const useOpenForm = ({ protocol, check, cast }: Loaded) => {
  const [form, setForm] = useState(() => initialForm(protocol, check));
  const numbers = openNumbers(check);
  const roles = useMemo(() => boundRoles(check, form), [check, form]);
  const seats = useMemo(() => seatsOf(roles, form, cast), [roles, form, cast]);
  const sound =
    budgetProblem(form.budget) === undefined &&
    numbers.every((number) => numberProblem(numberOf(form, number)) === undefined);
  const request = useMemo(
    () => (sound ? requestOf(protocol, check, form, cast) : undefined),
    [sound, protocol, check, form, cast],
  );
  return { form, setForm, numbers, roles, seats, request };
};

/** Enter in a step leads to the button of the next one. */
const lead = (to: RefObject<HTMLButtonElement | null>) => (event: FormEvent) => {
  event.preventDefault();
  to.current?.scrollIntoView({ block: "nearest" });
  to.current?.focus();
};

const AdmissionStep = ({
  request,
  admission,
  loaded: { packs, cast },
  form,
  onChange,
  button,
}: {
  readonly loaded: Loaded;
  readonly form: OpenForm;
  readonly onChange: (part: Partial<OpenForm>) => void;
  readonly request: OpenSessionRequest | undefined;
  readonly admission: Admission;
  readonly button: RefObject<HTMLButtonElement | null>;
}) => {
  const { starting, refused, start } = useStart();
  const report = admission.report ?? refused;
  const off = request === undefined || starting || (report?.admitted === false && !admission.stale);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (request) void start(request);
  };
  return (
    <form aria-label="Admission" onSubmit={submit}>
      <h2>3 · Admission</h2>
      <div className={admission.stale ? "dimmed" : undefined}>
        {admission.error ? <ErrorState error={admission.error} retry={admission.retry} /> : null}
        {!admission.error && report ? <AdmissionView report={report} /> : null}
        {!admission.error && !report ? <LoadingState what="the admission report" /> : null}
        <PackConditions packs={packs} />
      </div>
      {report ? (
        <FrontierStep frontier={report.frontier ?? []} cast={cast} form={form} onChange={onChange} />
      ) : null}
      <Button ref={button} type="submit" variant="primary" disabled={off}>
        {starting ? "Starting …" : "Start session"}
      </Button>
    </form>
  );
};

const Stepper = (loaded: Loaded) => {
  const { form, setForm, numbers, roles, seats, request } = useOpenForm(loaded);
  const admission = useAdmission(request);
  const sizesButton = useRef<HTMLButtonElement>(null);
  const startButton = useRef<HTMLButtonElement>(null);
  return (
    <div className="open-steps">
      <form aria-label="Seats" onSubmit={lead(sizesButton)}>
        <h2>1 · Seats</h2>
        <p>Who sits where. Each role is played from one device of an authority.</p>
        {roles.length > SEATED_BY_HAND ? (
          <p className="quiet-note">{roles.length} seats are filled from the cast, in order.</p>
        ) : (
          <SeatsStep
            roles={roles}
            seats={seats}
            cast={loaded.cast}
            onSeat={(role, seat) => setForm({ ...form, seats: { ...form.seats, [role]: seat } })}
          />
        )}
        <Button type="submit" autoFocus>
          Continue
        </Button>
      </form>
      <form aria-label="Families and numbers" onSubmit={lead(startButton)}>
        <h2>2 · Families and numbers</h2>
        <NumbersStep
          numbers={numbers}
          form={form}
          onNumber={(number, text) => setForm(withNumber(form, number, text))}
        />
        <MoreStep
          form={form}
          resolved={admission.report?.policy}
          onChange={(part) => setForm({ ...form, ...part })}
        />
        <Button ref={sizesButton} type="submit" disabled={request === undefined}>
          Continue
        </Button>
      </form>
      <AdmissionStep
        request={request}
        admission={admission}
        loaded={loaded}
        form={form}
        onChange={(part) => setForm({ ...form, ...part })}
        button={startButton}
      />
    </div>
  );
};

/** What stands in the way of opening it. */
const FirstErrors = ({ check }: { readonly check: CheckResponse }) => (
  <ul className="plain">
    {check.diagnostics
      .filter(({ severity }) => severity === "error")
      .slice(0, 5)
      .map(({ code, message, line, column }) => (
        <li key={`${code} ${line} ${column}`}>
          <span className="mono">{code}</span> {message} <small>line {line}</small>
        </li>
      ))}
  </ul>
);

/** Three steps on one page; every field is filled, so that three times Enter starts a session. */
export const OpenSessionPage = () => {
  const { id } = useParams({ from: "/protocols/$id/open" });
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.protocol(id), "open"],
    queryFn: () => loadProtocol(id),
    staleTime: 0,
  });
  const name = data?.protocol.name ?? id;
  useBreadcrumbs(
    useMemo(
      () => [
        { label: "Protocols", to: "/protocols" },
        { label: name, to: `/protocols/${encodeURIComponent(id)}` },
        { label: "Open session" },
      ],
      [id, name],
    ),
  );
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingState what="the protocol" />;
  if (!("check" in data) || data.check.verdict !== "sound") {
    return (
      <EmptyState
        title={"check" in data ? "This version has errors" : "There is no version to open yet"}
        actions={
          <Link className="btn primary" to="/protocols/$id" params={{ id }}>
            Open the protocol
          </Link>
        }
      >
        A session runs a saved version without errors, so that it means the same for ever. Mend the text, save
        a version, and come back.
        {"check" in data ? <FirstErrors check={data.check} /> : null}
      </EmptyState>
    );
  }
  return (
    <div className="page">
      <h1 className="open-title">Open a session of {name}</h1>
      <Stepper key={data.protocol.latestVersion} {...data} />
    </div>
  );
};
