import { createContext, useContext } from "react";
import type { SessionPicture } from "./session-picture.ts";
import type { Commands } from "./use-commands.ts";
import type { SessionData } from "./use-session-data.ts";

/** What every panel of an open session reads. */
export interface OpenSession {
  readonly data: SessionData;
  readonly commands: Commands;
  readonly picture: SessionPicture | undefined;
  /** Hue of every bound role. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** Edge a choice's button points at: what would follow is marked on the diagram. */
  readonly preview: string | undefined;
  readonly setPreview: (edge: string | undefined) => void;
}

export const SessionContext = createContext<OpenSession | undefined>(undefined);

export const useOpenSession = (): OpenSession => {
  const session = useContext(SessionContext);
  if (!session) throw new Error("a session's panel outside a session's page");
  return session;
};
