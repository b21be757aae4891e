import type { Await } from "./await/node.ts";
import type { Begin } from "./begin/node.ts";
import type { Broadcast } from "./broadcast/node.ts";
import type { Call } from "./call/node.ts";
import type { Case } from "./case/node.ts";
import type { Choice } from "./choice/node.ts";
import type { DependentWork } from "./dependent-work/node.ts";
import type { Handoff } from "./handoff/node.ts";
import type { Invalidate } from "./invalidate/node.ts";
import type { Let } from "./let/node.ts";
import type { Loop } from "./loop/node.ts";
import type { Materialize } from "./materialize/node.ts";
import type { Par } from "./par/node.ts";
import type { Publish, PublishAs } from "./publish/node.ts";
import type { Continue, Rec } from "./rec/node.ts";
import type { Resolve } from "./resolve/node.ts";
import type { Send } from "./send/node.ts";
import type { Timeout } from "./timeout/node.ts";

/** Everything that can stand in a body. A new construct joins here and the compiler lists what it still lacks. */
export type Statement =
  | Send
  | Broadcast
  | Choice
  | Loop
  | Rec
  | Continue
  | Par
  | Call
  | Let
  | Case
  | Timeout
  | LocalStatement;

/** What one role does by itself, without a body and without a message. */
export type LocalStatement =
  | Begin
  | Await
  | Resolve
  | Invalidate
  | Publish
  | PublishAs
  | Materialize
  | Handoff
  | DependentWork;

export type StatementKind = Statement["kind"];
