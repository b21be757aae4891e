/** Kinds of output, each with a predicate of its own (spec/aura-runtime.md §9.2). */
export type OutputKind = "observable" | "send" | "recv" | "choice" | "step" | "acquire" | "release";

/** The seven predicates an output is judged by where the policy goes by name. */
export const outputPredicates: { readonly [kind in OutputKind]: string } = {
  observable: "aura.observable_output",
  send: "aura.transport.send",
  recv: "aura.transport.recv",
  choice: "aura.protocol.choice",
  step: "aura.protocol.step",
  acquire: "aura.guard.acquire",
  release: "aura.guard.release",
};
