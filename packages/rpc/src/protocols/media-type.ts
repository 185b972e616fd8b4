/** A content type taken apart: type and suffix in lower case, without parameters. */
export interface MediaType {
  /** Such as `application/grpc-web`. */
  readonly essence: string;
  /** What follows the plus sign, such as `proto`; empty when there is none. */
  readonly suffix: string;
  /** Whether the parameters are none, or a charset of UTF-8, the only one that JSON has. */
  readonly plain: boolean;
  readonly utf8: boolean;
}

const MEDIA_TYPE = /^\s*([a-z]+\/[a-z0-9.-]+)(?:\+([a-z0-9.-]+))?\s*(?:;(.*))?$/i;
const UTF8 = /^\s*charset\s*=\s*(?:utf-?8|"utf-?8")\s*$/i;

/** Parses a content type (RFC 9110, section 8.3.1); undefined when it is none. */
export function parseMediaType(text: string): MediaType | undefined {
  const match = MEDIA_TYPE.exec(text);
  if (match === null) return undefined;
  const [, essence = "", suffix = "", parameters] = match;
  return {
    essence: essence.toLowerCase(),
    suffix: suffix.toLowerCase(),
    plain: parameters === undefined,
    utf8: parameters === undefined || UTF8.test(parameters),
  };
}
