import { useCallback, useContext, useSyncExternalStore } from "react";
import { useSession } from "../session/session-context.ts";
import { ReaderContext } from "./reader-context.ts";
import { newReaderId } from "./reader-id.ts";

/** The reader the app acts as. */
export interface Reader {
  /** 1 to 2,147,483,647. */
  readonly readerId: number;
  /** Acts as another reader from now on. */
  readonly setReaderId: (id: number) => void;
  /** Acts as a reader nobody else is likely to be. */
  readonly becomeNewReader: () => void;
}

/**
 * The reader the app acts as, and how to become another: who is signed in is always their own.
 * @throws Error outside a `ReaderContext`.
 */
export function useReader(): Reader {
  const store = useContext(ReaderContext);
  if (store === undefined) throw new Error("useReader needs a ReaderContext");
  const session = useSession();
  const kept = useSyncExternalStore(store.subscribe, store.get, store.get);
  const readerId = session.kind === "signed-in" ? session.user.readerId : kept;
  const becomeNewReader = useCallback(() => store.set(newReaderId(Math.random)), [store]);
  return { readerId, setReaderId: store.set, becomeNewReader };
}
