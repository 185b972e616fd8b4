import { useContext } from "react";
import { NoticesContext, type Notify } from "./notices-context.ts";

/**
 * A function that shows a notice for some seconds, or one with an action until it is dismissed.
 * @throws Error outside a `NoticesProvider`.
 */
export function useNotify(): Notify {
  const notify = useContext(NoticesContext);
  if (notify === undefined) throw new Error("useNotify needs a NoticesProvider");
  return notify;
}
