import type { ContextKey, ContextValues } from "@connectrpc/connect";

/** The context values of a call: as Connect makes them, but without three functions of their own for each call. */
export class CallValues implements ContextValues {
  // Made when the first value is set, which most calls do not.
  private values: Map<symbol, unknown> | undefined = undefined;

  get<T>(key: ContextKey<T>): T {
    // Set by `set`, with the type of the key.
    return this.values?.has(key.id) === true ? (this.values.get(key.id) as T) : key.defaultValue;
  }

  set<T>(key: ContextKey<T>, value: T): this {
    this.values ??= new Map();
    this.values.set(key.id, value);
    return this;
  }

  delete(key: ContextKey<unknown>): this {
    this.values?.delete(key.id);
    return this;
  }
}
