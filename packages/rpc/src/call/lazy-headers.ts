import type { IncomingHttpHeaders } from "node:http";
import { TextMemory } from "../text-memory.ts";

/** The form of a name that is found without the platform's checks: others are left to the platform, to be rejected. */
const PLAIN_NAME = /^[A-Za-z][\w-]*$/;
/** The names that were asked for, in lower case: to check one and to write it so takes longer than to find its value. */
const keys = new TextMemory<string>();

type Entries = ReturnType<Headers["entries"]>;

/**
 * Headers of a call that become a `Headers` of the platform only when they are changed or listed. Making one takes 2 µs, an eighth of
 * what a whole call may take, and most handlers never read it.
 */
export class LazyHeaders implements Headers {
  /** As Node parsed them: lower-case names, values joined. */
  private readonly initial: IncomingHttpHeaders;
  private real: Headers | undefined;

  constructor(initial: IncomingHttpHeaders) {
    this.initial = initial;
    this.real = undefined;
  }

  /** The headers as changed since; undefined as long as they are what they were made of. */
  get changed(): Headers | undefined {
    return this.real;
  }

  /** The headers of the platform, made when they are first needed. */
  get all(): Headers {
    this.real ??= platformHeaders(this.initial);
    return this.real;
  }

  get(name: string): string | null {
    const key = this.real === undefined ? keyOf(name) : undefined;
    if (key === undefined) return this.all.get(name);
    const value = this.initial[key];
    if (typeof value === "string") return value;
    // What every object has is no text.
    return value === undefined || !Object.hasOwn(this.initial, key) ? null : this.all.get(name);
  }

  has(name: string): boolean {
    return this.all.has(name);
  }

  set(name: string, value: string): void {
    this.all.set(name, value);
  }

  append(name: string, value: string): void {
    this.all.append(name, value);
  }

  delete(name: string): void {
    this.all.delete(name);
  }

  getSetCookie(): string[] {
    return this.all.getSetCookie();
  }

  forEach(visit: (value: string, key: string, parent: Headers) => void, self?: unknown): void {
    this.all.forEach((value, key) => {
      visit.call(self, value, key, this);
    });
  }

  entries(): Entries {
    return this.all.entries();
  }

  keys(): ReturnType<Headers["keys"]> {
    return this.all.keys();
  }

  values(): ReturnType<Headers["values"]> {
    return this.all.values();
  }

  [Symbol.iterator](): Entries {
    return this.all[Symbol.iterator]();
  }
}

// `instanceof Headers` holds for these, too.
Object.setPrototypeOf(LazyHeaders.prototype, Headers.prototype);

/** A plain name in lower case; undefined for any other. */
function keyOf(name: string): string | undefined {
  const known = keys.get(name);
  if (known !== undefined || !PLAIN_NAME.test(name)) return known;
  const key = name.toLowerCase();
  keys.set(name, key);
  return key;
}

function platformHeaders(initial: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(initial)) {
    if (value === undefined || name.startsWith(":")) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  return headers;
}
