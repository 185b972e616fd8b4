/** Who the page is for, as far as the server has said it. */
export type Session =
  /** It has not, or could not be asked. */
  | { readonly kind: "unknown" }
  /** It does not ask who calls: anybody may do anything. */
  | { readonly kind: "not-asked" }
  /**
   * It asks, and nobody has signed in; `signsIn` says whether that can be done on the page, and `takesCertificates` whether a certificate that the browser shows may say
   * who calls all the same, which no page knows.
   */
  | { readonly kind: "signed-out"; readonly signsIn: boolean; readonly takesCertificates?: true }
  | { readonly kind: "signed-in"; readonly user: User };

/** Who has signed in. */
export interface User {
  readonly name: string;
  readonly isAdmin: boolean;
  /** The number of the reader that they are. */
  readonly readerId: number;
  /** When the session has to be refreshed, in milliseconds of the clock that it was read with. */
  readonly expiresAt: number;
}

/** Reads what the server says of a session; `now` is the time of the clock that `expiresAt` is of. Unknown for anything else. */
export function readSession(value: unknown, now: number): Session {
  if (!isRecord(value) || typeof value.asks !== "boolean") return { kind: "unknown" };
  if (!value.asks) return { kind: "not-asked" };
  const { user } = value;
  if (!isRecord(user))
    return {
      ...{ kind: "signed-out", signsIn: value.signsIn === true },
      ...(value.takesCertificates === true && { takesCertificates: true }),
    };
  const { name, isAdmin, readerId, expiresInMs } = user;
  return {
    kind: "signed-in",
    user: {
      name: String(name),
      isAdmin: isAdmin === true,
      readerId: Number(readerId),
      expiresAt: now + Number(expiresInMs),
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
