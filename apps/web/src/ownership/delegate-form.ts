import type { OwnershipView, PreviewDelegation, RuntimeUpgradeJson } from "@parley/wire/http";

/** What a person fills in to hand a session over. */
export interface DelegateForm {
  /** Whoever presents themselves as owner, by node of the lineage: `owner generation`. */
  readonly presented: string;
  readonly to: string;
  readonly bundle: string;
  readonly scope: "piece" | "session" | "fragments" | "whole";
  /** Of `fragments`: keys, with commas. */
  readonly keys: string;
  /** Empty = the session's own. */
  readonly context: string;
  readonly upgrade: RuntimeUpgradeJson | undefined;
  /** Of `whole`: where it goes back undivided. */
  readonly back: OwnershipView["handBack"];
}

export const presentedKey = ({
  owner,
  generation,
}: {
  readonly owner: string;
  readonly generation: number;
}): string => `${generation} ${owner}`;

const presentedOf = (key: string): { readonly owner: string; readonly generation: number } => {
  const [generation = "", ...owner] = key.split(" ");
  return { owner: owner.join(" "), generation: Number(generation) };
};

/** What is proposed: by the present owner, to `to`, at the first bundle that holds the protocol. */
export const initialDelegation = (view: OwnershipView, to: string, presented?: string): DelegateForm => ({
  presented: presented ?? presentedKey(view.owner ?? { owner: "", generation: view.generation }),
  to,
  bundle: view.handBack?.to === to ? view.handBack.bundle : (view.bundles[0] ?? ""),
  scope: view.handBack?.to === to ? "whole" : "piece",
  back: view.handBack,
  keys: view.fragments.map(({ key }) => key).join(", "),
  context: "",
  upgrade: undefined,
});

const keysOf = (text: string): string[] =>
  text
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");

const scopeOf = ({ scope, keys, back }: DelegateForm): Pick<PreviewDelegation, "scope" | "boundary"> => {
  switch (scope) {
    case "piece":
      return {};
    case "session":
      return { scope: { kind: "session" } };
    case "fragments":
      return { scope: { kind: "fragments", keys: keysOf(keys) } };
    case "whole":
      return back === null ? {} : { boundary: back.boundary, scope: back.boundary.scope };
  }
};

/** The request of a form; the same for the preview and for doing it. */
export const delegationOf = (form: DelegateForm): PreviewDelegation => ({
  presented: presentedOf(form.presented),
  to: form.to,
  bundle: form.bundle,
  ...scopeOf(form),
  ...(form.context === "" ? {} : { context: form.context }),
  ...(form.upgrade === undefined ? {} : { upgrade: form.upgrade }),
});
