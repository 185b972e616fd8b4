import { TextMemory } from "../text-memory.ts";

/** A name or an address, and perhaps a port: no path, no user and no space. */
const HOST = /^(?:[\w.~%!$&'()*+,;=-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

const good = new TextMemory<true>();

/** Whether a text is a host, and perhaps a port, that a URL can be made of. */
export function isHost(text: string | undefined): boolean {
  if (text === undefined) return false;
  if (good.has(text)) return true;
  if (!HOST.test(text) || !URL.canParse(`http://${text}`)) return false;
  good.set(text, true);
  return true;
}

/** Stands for the host of a request that names none: a name that nothing ever has (RFC 6761). */
export const NO_HOST = "host.invalid";
