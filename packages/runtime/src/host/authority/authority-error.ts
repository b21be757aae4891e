import type { ReceiptStep } from "../../guards/verify-receipt.ts";
import type { HostErrorText } from "../host-error-text.ts";

/** Everything commands about authorities, contexts and receipts are refused with. What is refused changed nothing. */
export type AuthorityError =
  /** The host was started without keys and tokens. */
  | { readonly code: "PAR7780"; readonly kind: "guards-not-judged" }
  | {
      readonly code: "PAR7781";
      readonly kind: "foreign-token";
      readonly authority: string;
      readonly detail: string;
    }
  | {
      readonly code: "PAR7782";
      readonly kind: "expired-token";
      readonly token: string;
      readonly expired: number;
      readonly at: number;
    }
  | {
      readonly code: "PAR7783";
      readonly kind: "revoked-token";
      readonly token: string;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly code: "PAR7784";
      readonly kind: "bad-token";
      /** The code of the token error. */
      readonly reason: string;
      readonly detail: string;
    }
  | {
      readonly code: "PAR7785";
      readonly kind: "token-undecided";
      readonly authority: string;
      readonly device: string;
      readonly capability: string;
    }
  | {
      readonly code: "PAR7786";
      readonly kind: "forged-receipt";
      readonly receipt: string;
      /** The first step that failed. */
      readonly step: string;
      readonly steps: readonly ReceiptStep[];
    }
  | {
      readonly code: "PAR7787";
      readonly kind: "replayed-nonce";
      readonly receipt: string;
      readonly nonce: number;
      /** The receipt that took this place. */
      readonly taken: string;
      readonly steps: readonly ReceiptStep[];
    }
  | {
      readonly code: "PAR7788";
      readonly kind: "wrong-epoch";
      readonly epoch: number;
      readonly current: number;
    }
  | {
      readonly code: "PAR7789";
      readonly kind: "budget-refused";
      /** Which law of budgets stands against it. */
      readonly reason: string;
      readonly amounts: { readonly [name: string]: number };
    }
  | {
      readonly code: "PAR7790";
      readonly kind: "duplicate-fact";
      readonly fact: string;
      readonly replica: string;
    }
  | {
      readonly code: "PAR7791";
      readonly kind: "unknown-fact-type";
      readonly type: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: "PAR7792";
      readonly kind: "unknown-replica";
      readonly context: string;
      readonly replica: string;
      readonly replicas: readonly string[];
    }
  | { readonly code: "PAR7793"; readonly kind: "bad-fact"; readonly type: string; readonly reason: string }
  | { readonly code: "PAR7794"; readonly kind: "bad-partition"; readonly reason: string }
  | {
      readonly code: "PAR7795";
      readonly kind: "replicas-parted";
      readonly requester: string;
      readonly responder: string;
    }
  | {
      readonly code: "PAR7796";
      readonly kind: "bad-declaration";
      readonly type: string;
      /** The part of the declaration that cannot be. */
      readonly field: "type" | "version" | "minVersion" | "reducer";
      readonly reason: string;
    };

type AuthorityErrorKind = AuthorityError["kind"];

/** The words of each kind. */
export const authorityErrorText: { readonly [kind in AuthorityErrorKind]: HostErrorText } = {
  "guards-not-judged": {
    title: "This host has no keys and tokens",
    hint: "Guards are judged by the studio's server; start it with a data folder.",
  },
  "foreign-token": {
    title: "The token was not issued by this authority",
    hint: "Present a token that the authority's own root key signed.",
  },
  "expired-token": { title: "The token has expired", hint: "Issue a new one, or present another." },
  "revoked-token": { title: "The token was revoked", hint: "Issue a new one, or present another." },
  "bad-token": {
    title: "That is no token this studio can use",
    hint: "The reason names what is wrong with it.",
  },
  "token-undecided": {
    title: "The token was not judged in time",
    hint: "Nothing was changed; ask again.",
  },
  "forged-receipt": {
    title: "The receipt does not hold",
    hint: "The steps say which of its parts is not what it claims to be.",
  },
  "replayed-nonce": {
    title: "Another receipt has this place already",
    hint: "A charge is settled once; look at the receipt that took the place.",
  },
  "wrong-epoch": {
    title: "That is not the present epoch",
    hint: "A new epoch is later than the present one; a receipt counts in its own.",
  },
  "budget-refused": {
    title: "The laws of budgets stand against it",
    hint: "What was spent or put in escrow stays covered by the limit.",
  },
  "duplicate-fact": { title: "The replica holds this fact already", hint: "A fact is added once." },
  "unknown-fact-type": {
    title: "There is no such fact type",
    hint: "Use one of the registry's types, or declare it first.",
  },
  "unknown-replica": {
    title: "The context keeps no replica of that authority",
    hint: "Let it join first, or name one of the replicas listed.",
  },
  "bad-fact": { title: "The fact does not fit its type", hint: "Compare with the type in the registry." },
  "bad-partition": {
    title: "The replicas cannot be parted so",
    hint: "Name replicas of the context or devices of theirs, each in one group.",
  },
  "replicas-parted": {
    title: "The two replicas do not reach each other",
    hint: "Heal the partition first.",
  },
  "bad-declaration": {
    title: "The type of fact cannot be declared so",
    hint: "A type has one owner; a change of it is a later version, reduced by a reducer there is.",
  },
};

const list = (items: readonly string[]): string => (items.length === 0 ? "nothing" : items.join(", "));

/** What happened in this case, in one sentence. */
export const authorityErrorDetail = (error: AuthorityError): string => {
  switch (error.kind) {
    case "guards-not-judged":
      return "Guards are not judged here.";
    case "foreign-token":
      return `No root key of ${error.authority} signed this token: ${error.detail}.`;
    case "expired-token":
      return `The token ${error.token} ended at ${error.expired}; it is ${error.at}.`;
    case "revoked-token":
      return `The token ${error.token} was revoked with ${error.by}: ${error.reason}.`;
    case "bad-token":
      return `${error.detail} (${error.reason}).`;
    case "token-undecided":
      return `Whether the token of ${error.device} admits ${error.capability} was not decided in time.`;
    case "forged-receipt":
      return `The receipt ${error.receipt} fails at: ${error.steps.find(({ ok }) => !ok)?.detail ?? error.step}`;
    case "replayed-nonce":
      return `Nonce ${error.nonce} of this pair is taken by the receipt ${error.taken}.`;
    case "wrong-epoch":
      return `The epoch is ${error.current}, not ${error.epoch}.`;
    case "budget-refused": {
      const amounts = Object.entries(error.amounts).map(([name, amount]) => `${name} ${amount}`);
      return `${error.reason.replaceAll("-", " ")}: ${list(amounts)}.`;
    }
    case "duplicate-fact":
      return `The replica of ${error.replica} holds the fact ${error.fact} already.`;
    case "unknown-fact-type":
      return `There is no fact type ${error.type}.`;
    case "unknown-replica":
      return `${error.context} keeps no replica of ${error.replica}; it keeps ${list(error.replicas)}.`;
    case "bad-fact":
      return `${error.type}: ${error.reason}.`;
    case "bad-partition":
      return `${error.reason}.`;
    case "replicas-parted":
      return `${error.requester} and ${error.responder} do not reach each other.`;
    case "bad-declaration":
      return `${error.type}: ${error.reason}.`;
  }
};

/** Whether an error is one of authorities. */
export const isAuthorityError = (error: { readonly kind: string }): error is AuthorityError =>
  Object.hasOwn(authorityErrorText, error.kind);
