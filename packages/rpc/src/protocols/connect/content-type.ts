import { endStreamFlag } from "@connectrpc/connect/protocol-connect";
import { parseMediaType } from "../media-type.ts";
import { codecsOf, NO_TEXT, type WireFormat } from "../wire-format.ts";

const common = { protocol: "connect", text: NO_TEXT, compressible: true, timeoutHeader: "connect-timeout-ms" } as const;

/** The formats of unary calls of Connect: the body is the message itself. */
export const connectUnaryFormats = codecsOf(
  {
    ...common,
    enveloped: false,
    statusIn: "http",
    endFlag: 0,
    encodingHeader: "content-encoding",
    acceptHeader: "accept-encoding",
  },
  "application/",
);

/** The formats of streaming calls of Connect. */
export const connectStreamFormats = codecsOf(
  {
    ...common,
    enveloped: true,
    statusIn: "body",
    endFlag: endStreamFlag,
    encodingHeader: "connect-content-encoding",
    acceptHeader: "connect-accept-encoding",
  },
  "application/connect+",
);

/** The format that a content type of Connect names, for unary or for streaming calls; undefined for any other. */
export function parseContentType(contentType: string, isUnary: boolean): WireFormat | undefined {
  const type = parseMediaType(contentType);
  if (type === undefined) return undefined;
  const codec = codecOf(type.essence, type.suffix, isUnary);
  if (codec === "json") return type.utf8 ? formatsOf(isUnary).json : undefined;
  return codec === "proto" && type.plain ? formatsOf(isUnary).proto : undefined;
}

/** The format that the `encoding` of a GET names. */
export function parseEncodingQuery(encoding: string | null): WireFormat | undefined {
  return encoding === "proto" || encoding === "json" ? connectUnaryFormats[encoding] : undefined;
}

function codecOf(essence: string, suffix: string, isUnary: boolean): string | undefined {
  if (!isUnary) return essence === "application/connect" ? suffix : undefined;
  return suffix === "" && essence.startsWith("application/") ? essence.slice("application/".length) : undefined;
}

function formatsOf(isUnary: boolean) {
  return isUnary ? connectUnaryFormats : connectStreamFormats;
}
