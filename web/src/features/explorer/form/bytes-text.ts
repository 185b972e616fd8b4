import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";

/** The text that bytes in base64 are in UTF-8; undefined where they are none. */
export function textOfBase64(base64: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(base64Decode(base64.trim()));
  } catch {
    return undefined;
  }
}

/** The bytes of a text in UTF-8, in base64. */
export function base64OfText(text: string): string {
  return base64Encode(new TextEncoder().encode(text));
}

/** How many bytes there are in base64; undefined where it is no base64. */
export function base64Length(base64: string): number | undefined {
  try {
    return base64Decode(base64.trim()).length;
  } catch {
    return undefined;
  }
}
