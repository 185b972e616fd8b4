import type { ContextKey, ContextValues } from "@connectrpc/connect";

/** The context values of a call: as Connect makes them, but without three functions of their own for each call. */
export class CallValues implements ContextValues {
  // Most calls have no value, or one: who calls. A map is made for more.
  private onlyId: symbol | undefined = undefined;
  private onlyValue: unknown = undefined;
  private more: Map<symbol, unknown> | undefined = undefined;

  // What is returned was set by `set`, with the type of the key.
  get<T>(key: ContextKey<T>): T {
    if (key.id === this.onlyId) return this.onlyValue as T;
    return this.more?.has(key.id) === true ? (this.more.get(key.id) as T) : key.defaultValue;
  }

  set<T>(key: ContextKey<T>, value: T): this {
    if (this.onlyId === undefined && this.more?.has(key.id) !== true) this.onlyId = key.id;
    if (key.id === this.onlyId) this.onlyValue = value;
    else {
      this.more ??= new Map();
      this.more.set(key.id, value);
    }
    return this;
  }

  delete(key: ContextKey<unknown>): this {
    if (key.id === this.onlyId) {
      this.onlyId = undefined;
      this.onlyValue = undefined;
    } else this.more?.delete(key.id);
    return this;
  }
}
