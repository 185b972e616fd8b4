import { type FieldViolation, InvalidInput } from "../../../domain/errors.ts";

/** What a client says of a call to be relayed. */
export interface GivenHead {
  readonly method: string;
  readonly metadata: readonly { readonly name: string; readonly value: string }[];
}

/** What is called, and what goes with the call. */
export interface RelayedHead {
  readonly service: string;
  readonly method: string;
  readonly metadata: Headers;
}

/** The most metadata of one call, in characters, of which each entry takes so many more, as it does with HTTP/2. */
const MAX_METADATA = 16_384;
const ENTRY_SIZE = 32;

/** Names that belong to HTTP and to gRPC themselves, or to the connection; and those that a proxy says of a caller, which a server behind one believes. */
const OWN_NAME =
  /^(?:grpc-.*|connect-.*|proxy-.*|content-.*|te|trailer|http2-settings|forwarded|x-forwarded-.*|x-real-ip|transfer-encoding|host|connection|keep-alive|upgrade|expect|user-agent)$/;

/**
 * Checks what is called.
 * @throws InvalidInput naming each field that cannot be sent.
 */
export function readRelayedHead({ method, metadata }: GivenHead): RelayedHead {
  const [, service = "", name = ""] = /^(\w+(?:\.\w+)*)\/(\w+)$/.exec(method) ?? [];
  const size = metadata.reduce((sum, entry) => sum + entry.name.length + entry.value.length + ENTRY_SIZE, 0);
  if (size > MAX_METADATA) {
    const description = `must have at most ${MAX_METADATA} characters, ${ENTRY_SIZE} more for each entry: got ${size}`;
    throw new InvalidInput({ field: "head.metadata", description });
  }
  const violations: FieldViolation[] = metadata.flatMap((entry, index) => problemsOf(entry, `head.metadata[${index}]`));
  if (name === "") violations.push({ field: "head.method", description: "must be like helloworld.Greeter/SayHello" });
  const [first, ...others] = violations;
  if (first !== undefined) throw new InvalidInput(first, ...others);
  const headers = new Headers();
  for (const entry of metadata) headers.append(entry.name, entry.value);
  return { service, method: name, metadata: headers };
}

function problemsOf({ name, value }: GivenHead["metadata"][number], field: string): FieldViolation[] {
  if (!/^[0-9a-z_.-]+$/.test(name))
    return [{ field: `${field}.name`, description: "must be made of a-z, digits, and _ . -" }];
  if (OWN_NAME.test(name)) return [{ field: `${field}.name`, description: "is set by the protocol itself" }];
  if (!/^[\x20-\x7e]*$/.test(value)) return [{ field: `${field}.value`, description: "must be plain ASCII" }];
  return [];
}
