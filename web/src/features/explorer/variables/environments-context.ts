import { createContext, use, useMemo, useSyncExternalStore } from "react";
import { indexedValue } from "../../../storage/indexed-value.ts";
import { createValueStore, type ValueStore } from "../../../storage/value-store.ts";
import { type Environments, readEnvironments, valuesOf } from "./environments.ts";
import type { Values } from "./substitute.ts";

/** The sets of variables; those of the browser unless another store is given. */
const EnvironmentsContext = createContext<ValueStore<Environments>>(
  createValueStore(indexedValue("explorer-environments"), readEnvironments),
);

/** The sets of variables, and how to change them. */
export function useEnvironments() {
  const { value, subscribe, change } = use(EnvironmentsContext);
  return { environments: useSyncExternalStore(subscribe, value), change };
}

/** What stands for each variable now. */
export function useValues(): Values {
  const { environments } = useEnvironments();
  return useMemo(() => valuesOf(environments), [environments]);
}
