import type { KernelProtocol } from "./node.ts";
import { postOrder } from "./walk.ts";

/**
 * Names of progress windows the protocol's operations are held to: each may be given a number of milliseconds when a session
 * opens, none has to be.
 *
 * @example windowsOf(kernel) // ["short"] for `begin Print progress Steady within short`
 */
export const windowsOf = ({ body }: KernelProtocol): readonly string[] => {
  const found = new Set<string>();
  for (const node of postOrder(body)) {
    if (node.kind !== "local" || node.deed.kind !== "begin") continue;
    const window = node.deed.contract?.window;
    if (window !== undefined) found.add(window);
  }
  return [...found];
};
