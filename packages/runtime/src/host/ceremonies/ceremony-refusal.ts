import { type CeremonyError, ceremonyErrorText } from "../../ceremony/index.ts";
import type { CommitProblem, NotEnabled, PrestateError } from "../../consensus/index.ts";
import { type HandshakeError, handshakeErrorText } from "../../services/handshake/handshake.ts";
import { type ThresholdError, thresholdErrorText } from "../../threshold/index.ts";
import type { HostErrorText } from "../host-error-text.ts";
import { type RuntimeLacks, runtimeLacksText } from "./shared-key-runtime.ts";

/** The kinds of the refusals of ceremonies, by code: some variants share a name. */
const kinds = {
  PAR8501: "unknown-ceremony",
  PAR8502: "duplicate-ceremony",
  PAR8503: "invalid-participants",
  PAR8504: "not-participant",
  PAR8505: "source-mismatch",
  PAR8506: "ceremony-ended",
  PAR8507: "ceremony-timed-out",
  PAR8508: "answered-otherwise",
  PAR8509: "threshold-not-met",
  PAR8510: "prestate-moved",
  PAR8511: "prestate-used",
  PAR8512: "supersedes-itself",
  PAR8513: "operation-mismatch",
  PAR8514: "ceremony-stands",
  PAR8515: "no-ceremony",
  PAR8201: "runtime-lacks",
  PAR8601: "nonce-mismatch",
  PAR8602: "peer-rejected",
  PAR8603: "nonce-replayed",
  PAR8901: "invalid-key-threshold",
  PAR8902: "invalid-key-holders",
  PAR8903: "invalid-key-package",
  PAR8904: "transcript-mismatch",
  PAR8905: "too-few-shares",
  PAR8906: "invalid-share",
  PAR8907: "invalid-threshold-signature",
  PAR8908: "key-not-prepared",
  PAR8911: "no-prestate-authorities",
  PAR8912: "too-many-prestate-authorities",
  PAR8913: "duplicate-prestate-authority",
  PAR8921: "agreement-not-enabled",
  PAR8931: "invalid-commit",
} as const;

type Kinds = typeof kinds;

type CeremonyFailure =
  | CeremonyError
  | HandshakeError
  | RuntimeLacks
  | ThresholdError
  | PrestateError
  | NotEnabled
  | CommitProblem;

type WithKind<E> = E extends { readonly code: infer C extends keyof Kinds }
  ? E & { readonly kind: Kinds[C] }
  : never;

/** Everything ceremonies are refused with; nothing was changed but the audit. */
export type CeremonyRefusal = WithKind<CeremonyFailure>;

/** An error of ceremonies, handshakes, agreements or shared keys as one of the host. */
export const ceremonyRefusal = (error: CeremonyFailure): CeremonyRefusal =>
  ({ ...error, kind: kinds[error.code] }) as CeremonyRefusal;

/** The words of each kind; `docs/errors.md` has them too. */
export const ceremonyRefusalText: { readonly [kind in Kinds[keyof Kinds]]: HostErrorText } = {
  "unknown-ceremony": { title: "There is no such ceremony", hint: "Look it up on the board." },
  "duplicate-ceremony": {
    title: "There is such a ceremony already",
    hint: "Its id is of what it is upon, what it does and a nonce: take another nonce.",
  },
  "invalid-participants": {
    title: "The participants cannot be",
    hint: "They must be distinct, and the threshold between one and all.",
  },
  "not-participant": {
    title: "They do not take part",
    hint: "Only those named at the beginning answer.",
  },
  "source-mismatch": {
    title: "The answer is somebody else's",
    hint: "A device answers for itself, a guardian by its authority.",
  },
  "ceremony-ended": { title: "The ceremony has ended", hint: "Begin another." },
  "ceremony-timed-out": {
    title: "The deadline has passed",
    hint: "Begin another; this one ends by itself.",
  },
  "answered-otherwise": {
    title: "They answered otherwise before",
    hint: "The first answer stands; the second is kept in the audit as evidence.",
  },
  "threshold-not-met": { title: "Not enough have accepted", hint: "Both numbers are in the fields." },
  "prestate-moved": {
    title: "What it was begun upon has changed",
    hint: "Begin one upon the present state; it can take this one's place.",
  },
  "prestate-used": {
    title: "Another ceremony committed upon the same state",
    hint: "Only one can.",
  },
  "supersedes-itself": { title: "A ceremony cannot take its own place", hint: "Name another." },
  "operation-mismatch": {
    title: "The answer is about another operation",
    hint: "Both hashes are in the fields; of a participant who has answered it is kept as evidence.",
  },
  "ceremony-stands": {
    title: "The ceremony of the session stands",
    hint: "Only what ended without a commit is asked again; `state` says how it is.",
  },
  "no-ceremony": {
    title: "The session runs for no ceremony",
    hint: "Its effects hold without one, or it is a what-if of which nothing holds.",
  },
  "runtime-lacks": {
    title: "The runtime lacks what the shared key needs",
    hint: "Begin the ceremony on a runtime profile that has the capability named.",
  },
  "nonce-mismatch": { title: "The answer is to another handshake", hint: "Begin again." },
  "peer-rejected": {
    title: "The peer speaks no version in common",
    hint: "Nothing of a protocol was said.",
  },
  "nonce-replayed": {
    title: "The nonce was used before",
    hint: "Begin the handshake with a fresh nonce.",
  },
  "invalid-key-threshold": {
    title: "The threshold cannot be",
    hint: "Shared keys need two signers at least, and no more than there are.",
  },
  "invalid-key-holders": {
    title: "The holders of the key cannot be",
    hint: "They must be there, and distinct.",
  },
  "invalid-key-package": {
    title: "A part of the key is refused",
    hint: "`dealer` says whose, `reason` why.",
  },
  "transcript-mismatch": {
    title: "The transcript is not what it says",
    hint: "Its hash is of something else, or it is closed.",
  },
  "too-few-shares": { title: "Not enough parts", hint: "Both numbers are in the fields." },
  "invalid-share": { title: "A signer's part does not verify", hint: "Nothing was signed." },
  "invalid-threshold-signature": {
    title: "The signature does not hold",
    hint: "`reason` names the step that failed.",
  },
  "key-not-prepared": {
    title: "No such key is prepared",
    hint: "Prepare it for the next epoch first.",
  },
  "no-prestate-authorities": {
    title: "A prestate names no authority",
    hint: "Name those whose state it is upon.",
  },
  "too-many-prestate-authorities": {
    title: "A prestate names too many authorities",
    hint: "At most 256.",
  },
  "duplicate-prestate-authority": {
    title: "A prestate names an authority twice",
    hint: "Name each once.",
  },
  "agreement-not-enabled": {
    title: "The agreement cannot take this step now",
    hint: "`reason` says why; it is as it was.",
  },
  "invalid-commit": { title: "The commit does not verify", hint: "`reason` names what is missing or wrong." },
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What happened in this case, in one sentence. */
export const ceremonyRefusalDetail = (error: CeremonyRefusal): string => {
  switch (error.code) {
    case "PAR8201":
      return sentence(runtimeLacksText(error));
    case "PAR8601":
    case "PAR8602":
    case "PAR8603":
      return sentence(handshakeErrorText(error));
    case "PAR8901":
    case "PAR8902":
    case "PAR8903":
    case "PAR8904":
    case "PAR8905":
    case "PAR8906":
    case "PAR8907":
    case "PAR8908":
      return sentence(thresholdErrorText(error));
    case "PAR8911":
      return "A prestate names no authority.";
    case "PAR8912":
      return `A prestate of ${error.count} authorities is too large.`;
    case "PAR8913":
      return `The prestate names ${error.authority} twice.`;
    case "PAR8921":
    case "PAR8931":
      return sentence(error.reason);
    default:
      return sentence(ceremonyErrorText(error));
  }
};

/** Whether an error is one of ceremonies. */
export const isCeremonyRefusal = (error: { readonly kind: string }): error is CeremonyRefusal =>
  Object.hasOwn(ceremonyRefusalText, error.kind);
