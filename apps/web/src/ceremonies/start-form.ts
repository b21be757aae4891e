import type {
  AuthorityDetail,
  CeremonyKindJson,
  ParticipantJson,
  StartCeremonyRequest,
} from "@parley/wire/http";

/** The profile of a beginning that names none. */
const FULL_RUNTIME = "full";

/** What a person fills in to begin a ceremony. */
export interface StartForm {
  readonly kind: CeremonyKindJson;
  readonly title: string;
  /** Empty = a new context of those who take part. */
  readonly context: string;
  readonly initiator: string;
  readonly as: "guardian" | "device";
  /** Authorities or devices by id. */
  readonly chosen: ReadonlySet<string>;
  /** Empty = more than half. */
  readonly threshold: string;
  /** JSON. */
  readonly operation: string;
  /** The runtime profile that makes and uses the shared key. */
  readonly runtime: string;
  /** Candidates that are not to be superseded. */
  readonly kept: ReadonlySet<string>;
}

export const kinds: readonly CeremonyKindJson[] = [
  "GuardianRotation",
  "DeviceRotation",
  "DeviceEnrollment",
  "DeviceRemoval",
  "Recovery",
  "OtaActivation",
  "Invitation",
  "RendezvousSecureChannel",
];

/** Kinds whose participants are devices of their own accord. */
export const asksDevices = (kind: CeremonyKindJson): boolean => kind.startsWith("Device");

/** The form as it first stands: the first three of the cast as guardians, more than half needed. */
export const initialForm = (authorities: readonly AuthorityDetail[]): StartForm => ({
  kind: "GuardianRotation",
  title: "",
  context: "",
  initiator: authorities[0]?.id ?? "",
  as: "guardian",
  chosen: new Set(authorities.slice(1, 4).map(({ id }) => id)),
  threshold: "",
  operation: "",
  runtime: FULL_RUNTIME,
  kept: new Set(),
});

export const participantsOf = ({ as, chosen }: StartForm): readonly ParticipantJson[] =>
  [...chosen]
    .sort()
    .map((id) => (as === "device" ? { kind: "device", device: id } : { kind: "guardian", authority: id }));

/** Participants as the interface names them: `guardian:bea`. */
export const participantKeys = ({ as, chosen }: StartForm): readonly string[] =>
  [...chosen].sort().map((id) => `${as}:${id}`);

/** How many have to accept: as given, else more than half. */
export const thresholdOf = ({ threshold, chosen }: StartForm): number =>
  threshold === "" ? Math.floor(chosen.size / 2) + 1 : Number(threshold);

const operationOf = (text: string): Record<string, unknown> | undefined => {
  if (text.trim() === "") return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new SyntaxError("an operation is an object of names and values");
  return value as Record<string, unknown>;
};

/** Why the form cannot be sent; undefined when it can. */
export const formProblem = (form: StartForm): string | undefined => {
  if (form.chosen.size === 0) return "Choose who is asked.";
  const threshold = thresholdOf(form);
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > form.chosen.size)
    return `The threshold is between 1 and ${form.chosen.size}: as many as are asked.`;
  try {
    operationOf(form.operation);
    return undefined;
  } catch (error) {
    return `What it does is no JSON object: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/** The request of a form without a problem; `candidates` are live ones it could take the place of. */
export const requestOf = (form: StartForm, candidates: readonly string[]): StartCeremonyRequest => {
  const operation = operationOf(form.operation);
  const supersede = candidates.filter((id) => !form.kept.has(id));
  return {
    kind: form.kind,
    participants: [...participantsOf(form)],
    threshold: thresholdOf(form),
    initiator: form.initiator,
    ...(form.context === "" ? {} : { context: form.context }),
    ...(form.runtime === FULL_RUNTIME ? {} : { runtime: form.runtime }),
    ...(form.title.trim() === "" ? {} : { title: form.title.trim() }),
    ...(operation === undefined ? {} : { operation }),
    ...(supersede.length === 0 ? {} : { supersede }),
  };
};
