import type { Watch } from "@parley/wire/http";
import { evaluate } from "../../observe/evaluate.ts";
import type { HostCore } from "../core.ts";
import { type Result, refused } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import type { SessionState } from "../session/session-state.ts";
import { withState } from "../views/read-view.ts";
import { readPredicate } from "./predicates.ts";

/** Expressions of one question. */
export const MAX_WATCHES = 50;

const watched = (state: SessionState, expr: string): Watch["values"][number] => {
  const read = readPredicate(expr, state.image);
  if (!read.ok) {
    const { code, at } = read.error;
    return { expr, error: { code, at, message: hostErrorDetail(read.error) } };
  }
  const found = evaluate(read.predicate, state);
  if (found.ok) return { expr, value: found.value };
  const { code, at, name } = found.error;
  return { expr, error: { code, at, message: `${name} is not bound yet.` } };
};

/** What expressions are worth at a position (the head when none is named); one that fails says why and spoils no other. */
export const readWatch = async (
  core: HostCore,
  id: string,
  at: number | undefined,
  exprs: readonly string[],
): Promise<Result<Watch>> => {
  if (exprs.length > MAX_WATCHES)
    return refused({
      code: "PAR7301",
      kind: "too-large",
      limit: "expressions",
      max: MAX_WATCHES,
      size: exprs.length,
    });
  return withState(core, id, at, (state) => ({
    at: state.position,
    values: exprs.map((expr) => watched(state, expr)),
  }));
};
