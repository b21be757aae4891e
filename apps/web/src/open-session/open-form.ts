import type { AuthorityDetail, CheckResponse, OpenSessionRequest, ProtocolDetail } from "@parley/wire/http";

/** A number a person gives before a session opens. */
export interface OpenNumber {
  readonly kind: "family" | "name";
  readonly name: string;
}

export interface OpenForm {
  readonly numbers: Readonly<Record<string, string>>;
  /** `authority/device` by bound role, where somebody chose; the rest follows the cast. */
  readonly seats: Readonly<Record<string, string>>;
  readonly title: string;
  readonly policy: string;
  readonly decisions: string;
  readonly drive: string;
  readonly clock: string;
  readonly seed: string;
  /** A runtime profile; empty is the default one. */
  readonly runtime: string;
  /** A parity profile; empty where none is asked for. */
  readonly parity: string;
  /** Whether seats are issued, for this session, what the protocol declares and their tokens lack. */
  readonly grant: boolean;
  /** What each authority may spend towards each it sends to; blank = as nobody set it. */
  readonly budget: string;
}

/** More members than this are seated by the server, in the order of the cast. */
export const SEATED_BY_HAND = 24;

/** Sizes of open families by family, and the names that are left. */
export const openNumbers = ({ roles, parameters }: CheckResponse): readonly OpenNumber[] => {
  const open = roles.filter(({ size }) => typeof size === "string");
  const sizes = new Set(open.map(({ size }) => size));
  return [
    ...open.map(({ name }): OpenNumber => ({ kind: "family", name })),
    ...parameters.filter((name) => !sizes.has(name)).map((name): OpenNumber => ({ kind: "name", name })),
  ];
};

const keyOf = ({ kind, name }: OpenNumber): string => `${kind} ${name}`;

/** The form as it first stands: the scenario's numbers, else small ones. */
export const initialForm = (protocol: ProtocolDetail, check: CheckResponse): OpenForm => ({
  numbers: Object.fromEntries(
    openNumbers(check).map((number) => {
      const known = protocol.scenario?.[number.kind === "family" ? "families" : "names"][number.name];
      return [keyOf(number), String(known ?? (number.kind === "family" ? 3 : 1))];
    }),
  ),
  seats: {},
  title: protocol.name,
  policy: "",
  decisions: "ask",
  drive: "manual",
  clock: "real",
  seed: "",
  runtime: "",
  parity: "",
  // Who wrote the protocol declared what it needs; one from elsewhere is granted nothing unasked.
  grant: protocol.origin === "mine",
  budget: "",
});

export const numberOf = (form: OpenForm, number: OpenNumber): string => form.numbers[keyOf(number)] ?? "";

export const withNumber = (form: OpenForm, number: OpenNumber, text: string): OpenForm => ({
  ...form,
  numbers: { ...form.numbers, [keyOf(number)]: text },
});

const isCount = (text: string): boolean => /^\d{1,5}$/.test(text.trim()) && Number(text) <= 10_000;

/** Why a budget cannot be used as it stands. */
export const budgetProblem = (text: string): string | undefined =>
  /^\d{0,12}$/.test(text.trim()) ? undefined : "A whole number, or nothing for the usual 1000.";

/** Why a number cannot be used as it stands. */
export const numberProblem = (text: string): string | undefined =>
  isCount(text) ? undefined : "A whole number from 0 to 10000.";

const sizeOf = (role: CheckResponse["roles"][number], form: OpenForm): number | undefined => {
  if (role.size === null) return undefined;
  const text =
    typeof role.size === "number" ? String(role.size) : numberOf(form, { kind: "family", name: role.name });
  return isCount(text) ? Number(text) : 0;
};

/** Bound roles in order of declaration: `Coordinator`, `Witness[0]`, `Witness[1]`. */
export const boundRoles = ({ roles }: CheckResponse, form: OpenForm): readonly string[] =>
  roles.flatMap((role) => {
    const size = sizeOf(role, form);
    return size === undefined
      ? [role.name]
      : Array.from({ length: size }, (_, index) => `${role.name}[${index}]`);
  });

/** Who sits where: as chosen, the rest round the cast, one device after the other. */
export const seatsOf = (
  roles: readonly string[],
  form: OpenForm,
  cast: readonly AuthorityDetail[],
): ReadonlyMap<string, string> => {
  const taken = new Set(roles.flatMap((role) => form.seats[role]?.split("/")[0] ?? []));
  const order = [...cast.filter(({ id }) => !taken.has(id)), ...cast.filter(({ id }) => taken.has(id))];
  let next = 0;
  return new Map(
    roles.flatMap((role) => {
      const chosen = form.seats[role];
      if (chosen !== undefined) return [[role, chosen] as const];
      const person = order[next % Math.max(1, order.length)];
      const device = person?.devices[Math.floor(next / Math.max(1, order.length)) % person.devices.length];
      next += 1;
      return person && device ? [[role, `${person.id}/${device.id}`] as const] : [];
    }),
  );
};

const filled = (text: string): boolean => text.trim() !== "";

/** Parity profiles a session can be asked to meet. */
export const parityProfiles = [
  "native_cooperative",
  "wasm_cooperative",
  "native_threaded",
  "runtime_default",
] as const satisfies readonly OpenSessionRequest["parity"][];

const parityOf = (form: OpenForm): Pick<OpenSessionRequest, "parity"> => {
  const parity = parityProfiles.find((one) => one === form.parity);
  return parity === undefined ? {} : { parity };
};

/** The form as a request; seats are sent when they are few enough to have been shown. */
export const requestOf = (
  protocol: ProtocolDetail,
  check: CheckResponse,
  form: OpenForm,
  cast: readonly AuthorityDetail[],
): OpenSessionRequest => {
  const roles = boundRoles(check, form);
  const numbers = openNumbers(check);
  const pick = (kind: OpenNumber["kind"]): Record<string, number> =>
    Object.fromEntries(
      numbers.filter((one) => one.kind === kind).map((one) => [one.name, Number(numberOf(form, one))]),
    );
  const seats =
    roles.length > SEATED_BY_HAND
      ? []
      : [...seatsOf(roles, form, cast)].map(([role, seat]) => {
          const [authority = "", device = ""] = seat.split("/");
          return { role, authority, device };
        });
  return {
    protocol: protocol.id,
    ...(protocol.latestVersion ? { version: protocol.latestVersion } : {}),
    ...(filled(form.title) ? { title: form.title.trim() } : {}),
    ...(seats.length > 0 ? { seats } : {}),
    families: pick("family"),
    names: pick("name"),
    ...(form.policy ? { policy: form.policy } : {}),
    decisions: form.decisions as "ask" | "first" | "random" | "roundRobin",
    drive: form.drive as "manual" | "eager",
    clock: form.clock as "real" | "manual",
    ...(form.runtime ? { runtime: form.runtime } : {}),
    ...parityOf(form),
    ...(filled(form.seed) ? { seed: form.seed.trim() } : {}),
    grant: form.grant ? "declared" : "none",
    ...(filled(form.budget) ? { budget: Number(form.budget) } : {}),
  };
};
