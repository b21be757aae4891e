import type { Broadcast } from "./broadcast/node.ts";
import type { Call } from "./call/node.ts";
import type { Choice } from "./choice/node.ts";
import type { Loop } from "./loop/node.ts";
import type { Par } from "./par/node.ts";
import type { Continue, Rec } from "./rec/node.ts";
import type { Send } from "./send/node.ts";

/** Everything that can stand in a body. A new construct joins here and the compiler lists what it still lacks. */
export type Statement = Send | Broadcast | Choice | Loop | Rec | Continue | Par | Call;

export type StatementKind = Statement["kind"];
