import type { AuthorityDetail, SeatFrontier } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { Icon } from "../ui/icon.tsx";
import { budgetProblem, type OpenForm } from "./open-form.ts";

interface FrontierProps {
  readonly frontier: readonly SeatFrontier[];
  readonly cast: readonly AuthorityDetail[];
  readonly form: OpenForm;
  readonly onChange: (part: Partial<OpenForm>) => void;
}

type Row = SeatFrontier["capabilities"][number];

/** More seats than this are told by number. */
const LISTED = 24;

const sitterOf = (cast: readonly AuthorityDetail[], { authority, device }: SeatFrontier): string => {
  const person = cast.find(({ id }) => id === authority);
  return `${person?.name ?? authority} · ${person?.devices.find(({ id }) => id === device)?.name ?? device}`;
};

const Capability = ({ row, grant }: { readonly row: Row; readonly grant: boolean }) => {
  const granted = !row.admitted && grant;
  const ok = row.admitted || granted;
  return (
    <li className={ok ? "ok-note" : "bad-note"}>
      <Icon name={ok ? "check" : "cross"} size={12} /> <code>{row.capability}</code>{" "}
      {row.admitted ? "is in its token" : granted ? "is granted on opening" : row.why}
      {ok || row.needs === null ? null : <small> {row.needs}</small>}
    </li>
  );
};

const Seat = ({
  seat,
  cast,
  grant,
}: { readonly seat: SeatFrontier } & Pick<FrontierProps, "cast"> & {
    readonly grant: boolean;
  }) => (
  <li>
    <p>
      <b>{seat.role}</b>{" "}
      <Link
        to="/authorities/$id"
        params={{ id: seat.authority }}
        search={{ tab: "tokens", token: seat.token ?? undefined }}
      >
        {sitterOf(cast, seat)}
      </Link>
    </p>
    <ul className="plain">
      {seat.capabilities.map((row) => (
        <Capability key={row.capability} row={row} grant={grant} />
      ))}
    </ul>
  </li>
);

/** `a and 2 more`. */
const some = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

/** Who gets what if the switch is on, in words. */
const grantWords = (frontier: readonly SeatFrontier[]): string => {
  const lacking = frontier.flatMap(({ role, authority, device, capabilities }) => {
    const names = capabilities.flatMap(({ admitted, capability }) => (admitted ? [] : [capability]));
    return names.length === 0 ? [] : [{ role, authority, device, names }];
  });
  if (lacking.length === 0) return "Nothing is lacking, so nothing would be issued.";
  const who = lacking.map(
    ({ role, authority, device, names }) => `${some(names)} to ${authority}'s ${device} for ${role}`,
  );
  return `On opening, each authority issues a token to its own device, good in this session only: ${some(who)}.`;
};

/** What guards will ask of each seat: capabilities its token has or lacks, and what it may spend. */
export const FrontierStep = ({ frontier, cast, form, onChange }: FrontierProps) => {
  const problem = budgetProblem(form.budget);
  const lacks = frontier.some(({ capabilities }) => capabilities.some(({ admitted }) => !admitted));
  return (
    <section className="frontier" aria-label="What guards will ask">
      <h3>What guards will ask</h3>
      {frontier.length === 0 ? (
        <p>No message needs a capability.</p>
      ) : (
        <>
          <ul className="plain frontier-seats" aria-label="Capabilities by seat">
            {frontier.slice(0, LISTED).map((seat) => (
              <Seat key={seat.role} seat={seat} cast={cast} grant={form.grant} />
            ))}
          </ul>
          {frontier.length > LISTED ? (
            <p className="quiet-note">and {frontier.length - LISTED} more seats</p>
          ) : null}
          <label className="switch-line">
            <input
              type="checkbox"
              checked={form.grant}
              onChange={({ target }) => onChange({ grant: target.checked })}
            />{" "}
            Grant what the protocol declares
          </label>
          <p className="quiet-note">
            {grantWords(frontier)}
            {lacks && !form.grant ? " Without it these messages are denied when they are sent." : ""}
          </p>
        </>
      )}
      <label className="field">
        <span>What each may spend on messages to each it sends to</span>
        <input
          className="input"
          inputMode="numeric"
          placeholder="1000"
          aria-invalid={problem !== undefined}
          value={form.budget}
          onChange={({ target }) => onChange({ budget: target.value })}
        />
        {problem ? <small className="bad-note">{problem}</small> : null}
      </label>
    </section>
  );
};
