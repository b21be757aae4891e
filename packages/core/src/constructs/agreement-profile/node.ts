import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `agreement_profile Council visibility … rule … usable_at … finalized_at … evidence …`; each field is required. */
export interface AgreementProfile {
  readonly kind: "agreementProfile";
  readonly name: Name;
  readonly visibility?: Name;
  readonly rule?: Name;
  readonly usableAt?: Name;
  readonly finalizedAt?: Name;
  readonly evidence?: Name;
  readonly span: Span;
}
