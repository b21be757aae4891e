/** One line on what a word of the language does, and the section of the guide that says more. */
export interface KeywordHelp {
  readonly text: string;
  readonly form: string;
}

/** Every word with a meaning of its own. */
export const keywordHelp: Readonly<Record<string, KeywordHelp>> = {
  module: {
    form: "module name exposing (Names)",
    text: "Names the file, so that others can import from it.",
  },
  import: { form: "import module as Alias exposing (Names)", text: "Brings in names of another module." },
  exposing: { form: "exposing (Names)", text: "The names that others may use, or that are taken over." },
  protocol: { form: "protocol Name =", text: "The protocol of the file: its roles, then what they do." },
  roles: {
    form: "roles A, B, Workers[N]",
    text: "The roles that take part; a bracket makes a family of them.",
  },
  requires: {
    form: "requires Bundle",
    text: "Proof bundles that must be admitted, or what a contract needs.",
  },
  uses: { form: "uses Effect", text: "Effect interfaces the protocol may ask." },
  under: { form: "under Profile", text: "The execution profile the protocol runs under." },
  where: { form: "where", text: "Opens the list of local protocols, which `call` puts in place." },
  choice: { form: "choice Role at", text: "The role picks one arm; each arm starts with a message of it." },
  when: { form: "when (condition)", text: "Offers the arm only while the condition holds." },
  yields: { form: "yields name", text: "Binds the evidence a guard has found." },
  par: { form: "par", text: "Arms that run independently and join before what follows." },
  loop: {
    form: 'loop decide by Role | repeat N | while "…" | forever',
    text: "Goes round until its control ends it.",
  },
  decide: { form: "loop decide by Role", text: "The role says each time whether the loop goes round again." },
  repeat: {
    form: "loop repeat N",
    text: "Goes round a fixed number of times; a name is bound when a session opens.",
  },
  while: {
    form: 'loop while "condition"',
    text: "The sender of the body's first message goes on while this holds.",
  },
  forever: { form: "loop forever", text: "Never ends; what follows cannot be reached." },
  rec: { form: "rec Label", text: "A named point to which `continue` returns." },
  continue: { form: "continue Label", text: "Goes back to the enclosing `rec` of that name." },
  call: { form: "call Local", text: "Puts the body of a local protocol in place." },
  let: { form: "let name = expression", text: "Binds a value; a `transfer` must be used exactly once." },
  authoritative: {
    form: "authoritative let name at Role = check E.op(…)",
    text: "Binds an answer that counts as the truth.",
  },
  observe: {
    form: "observe let name = observe E.op(…)",
    text: "Binds an observation, which proves nothing.",
  },
  check: {
    form: "check Effect.operation(args)",
    text: "Asks an effect interface; the answer comes from outside.",
  },
  transfer: {
    form: "transfer subject from A to B",
    text: "Hands a thing over; the receipt must be used exactly once.",
  },
  case: { form: "case expression of", text: "One arm per constructor; whoever performs the check decides." },
  timeout: {
    form: "timeout 5s Role at",
    text: "The role takes completion or expiry, whichever comes first.",
  },
  on: { form: "on timeout => … on cancel => …", text: "What happens when the scope is left early." },
  begin: { form: "begin Operation(args)", text: "The owner of the operation starts it." },
  await: { form: "await Operation", text: "The owner waits until the begun operation is done." },
  resolve: { form: "resolve Operation as Success(value)", text: "The owner says how the operation ended." },
  invalidate: { form: "invalidate Operation", text: "The owner withdraws a begun operation." },
  publish: {
    form: "publish Event(value) | publish witness as Name",
    text: "Makes an event, or a publication, known.",
  },
  materialize: { form: "materialize proof from Publication", text: "Reads a proof off a publication." },
  handoff: { form: "handoff operation to Role with receipt", text: "Gives an operation to another role." },
  dependent: {
    form: "dependent work Name(arg) required for operation",
    text: "Work that an operation waits for.",
  },
  effect: { form: "effect Name", text: "An interface of operations the roles may ask of the world." },
  operation: {
    form: "operation Name(p : T) at Role … =",
    text: "A named piece of work with an owner, progress and agreement.",
  },
  type: { form: "type Name = | A | B(T)", text: "A type of the file: an alias, or a sum of constructors." },
  alias: { form: "type alias Name = T", text: "Another name for a type." },
  fragment: { form: "fragment Name(params)", text: "A named unit of ownership." },
  profile: {
    form: "profile Name fairness … admissibility … escalation_window …",
    text: "How a protocol is scheduled and admitted.",
  },
  agreement_profile: {
    form: "agreement_profile Name visibility … rule …",
    text: "How an operation finds agreement.",
  },
  proof_bundle: {
    form: 'proof_bundle Name version "1" requires [a]',
    text: "Capabilities whose proof a protocol depends on.",
  },
  role_set: { form: "role_set Name = A, B", text: "Several roles under one name." },
  cluster: { form: "cluster Name = A, B", text: "Roles that are placed together." },
  ring: { form: "ring Name = A, B", text: "Roles connected in a circle." },
  mesh: { form: "mesh Name = A, B", text: "Roles all connected with each other." },
  guest: {
    form: "guest runtime Name = uses E entry P",
    text: "A runtime that hosts a protocol and serves its effects.",
  },
  progress: {
    form: "progress Contract within w on timeout => t",
    text: "How an operation promises to get on.",
  },
  agreement: { form: "agreement Profile prestate p", text: "The agreement an operation needs." },
  compose: { form: "compose all | first | threshold(n)", text: "How the outcomes of child effects add up." },
};

/** Words that colour as keywords although they carry no help of their own. */
export const plainKeywords: ReadonlySet<string> = new Set([
  "as",
  "at",
  "by",
  "in",
  "of",
  "from",
  "to",
  "with",
  "for",
  "required",
  "work",
  "runtime",
  "entry",
  "within",
  "stall",
  "cancel",
  "version",
  "issuer",
  "constraint",
  "fairness",
  "admissibility",
  "escalation_window",
  "visibility",
  "rule",
  "usable_at",
  "finalized_at",
  "evidence",
  "prestate",
  "subset",
  "command",
]);

/** Keys of a sender record: what each is for, and whether source should use it. */
export const annotationHelp: Readonly<Record<string, { readonly text: string; readonly value: string }>> = {
  guard_capability: {
    value: '"namespace:name"',
    text: "The capability the sender must hold; checked before the message goes out.",
  },
  flow_cost: {
    value: "1",
    text: "What sending costs, charged to the sender's budget; 100 when the record names none.",
  },
  journal_facts: { value: '"fact"', text: "Facts that enter the journal with the message." },
  leak: { value: "(External)", text: "Who learns that the message was sent: External, Neighbor, InGroup." },
  parallel: { value: "true", text: "The message may go out beside its neighbours." },
};

/** Keys that are read but not part of the canonical shape. */
export const otherAnnotationKeys: readonly string[] = [
  "audit_log",
  "heartbeat",
  "idempotent",
  "journal_merge",
  "leakage_budget",
  "link",
  "min_responses",
  "ordered",
  "priority",
  "required_capability",
  "retry",
  "runtime_timeout",
  "timed_choice",
  "timeout_ms",
  "trace",
];

/** Observers a `leak` can name. */
export const observers = ["External", "Neighbor", "InGroup"] as const;

/** Values each metadata key of an effect operation takes (language chapter §13). */
export const metadataValues: Readonly<Record<string, readonly string[]>> = {
  class: ["authoritative", "observational", "best_effort"],
  progress: ["immediate", "may_block"],
  region: ["session", "fragment", "global"],
  agreement_use: ["required", "none", "forbidden"],
  reentrancy: ["allow", "reject_same_operation", "reject_same_fragment"],
};

/** Capabilities the shipped protocols ask for: a start for those a workspace does not use yet. */
export const capabilityVocabulary: readonly string[] = [
  "amp:receive",
  "amp:send",
  "auth:request",
  "chat:message:send",
  "consensus:aggregate_nonces",
  "consensus:finalize",
  "consensus:initiate",
  "consensus:witness_nonce",
  "consensus:witness_sign",
  "invitation:accept",
  "invitation:device:accept",
  "invitation:device:enroll",
  "invitation:send",
  "recovery:guardian_ceremony:cancel",
  "recovery:guardian_ceremony:finalize",
  "recovery:guardian_ceremony:propose",
  "recovery:guardian_ceremony:respond",
  "relay:forward",
  "rendezvous:connect",
  "rendezvous:publish",
  "session:create",
  "session:request",
  "session:respond",
  "sync:epoch:commit_rotation",
  "sync:epoch:confirm_readiness",
  "sync:epoch:propose_rotation",
];
