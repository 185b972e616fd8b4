import type { GateWork } from "@triptych/rpc/call/settings.ts";

/**
 * What is found of a credential: at once where it was looked at lately; a promise where it was good before and is looked at again; or what makes that promise, where
 * nothing is known of it. To look at what is not known may be refused.
 */
export type Lookup<T> = T | Promise<T> | (() => Promise<T>);

/** Whether it is there at once. */
export function isFound<T extends object | undefined>(found: Lookup<T>): found is T {
  return typeof found !== "function" && !(found instanceof Promise);
}

/** Goes on with what is found, when it is there; `failed` is given what it cannot be found for. What either throws is thrown, or rejected with, in turn. */
export function whenFound<T extends object | undefined>(
  found: Lookup<T>,
  use: (found: T) => void,
  failed: (error: unknown) => void,
): GateWork | undefined {
  if (typeof found === "function") return () => found().then(use, failed);
  if (found instanceof Promise) return found.then(use, failed);
  use(found);
  return undefined;
}
