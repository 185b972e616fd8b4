import type { IncomingHttpHeaders } from "node:http";

/** The form of a name that is found without the platform's checks: others are left to the platform, to be rejected. */
const PLAIN_NAME = /^[A-Za-z][\w-]*$/;

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
    if (this.real === undefined && PLAIN_NAME.test(name)) {
      const key = name.toLowerCase();
      const value = Object.hasOwn(this.initial, key) ? this.initial[key] : undefined;
      if (value === undefined) return null;
      if (typeof value === "string") return value;
    }
    return this.all.get(name);
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

function platformHeaders(initial: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(initial)) {
    if (value === undefined || name.startsWith(":")) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  return headers;
}
