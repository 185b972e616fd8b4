import { makeKey } from "./identity/api-key.ts";
import { changeKeyFile, readKeyFile } from "./identity/key-file.ts";

const USAGE = `usage: npm run api-key -- create NAME [--admin]
       npm run api-key -- list
       npm run api-key -- revoke ID`;

/** What was asked for cannot be done; the message is for the person who asked. */
export class KeyCommandError extends Error {
  override name = "KeyCommandError";
}

/**
 * Makes, lists or revokes the API keys of a file, as the words of a command say; resolves with what to show. A key is shown only when it is made.
 * Rejects with KeyCommandError where the words make no sense or name no key, and with KeyFileUnusable where the file cannot be read or written.
 */
export async function manageApiKeys(file: string, words: readonly string[], now: Date): Promise<string> {
  const [command, ...rest] = words;
  if (command === "create") return createKey(file, rest, now);
  if (command === "list" && rest.length === 0) return listKeys(file);
  if (command === "revoke" && rest.length === 1) return revokeKey(file, rest[0] ?? "");
  throw new KeyCommandError(USAGE);
}

async function createKey(file: string, words: readonly string[], now: Date): Promise<string> {
  const names = words.filter((word) => word !== "--admin");
  const [name] = names;
  if (names.length !== 1 || name === undefined || name.startsWith("-")) throw new KeyCommandError(USAGE);
  const { key, stored } = makeKey(name, words.includes("--admin"), now);
  await changeKeyFile(file, (keys) => [...keys, stored]);
  return `${key}\nThis is the only time that the key is shown. Its id is ${stored.id}.`;
}

async function listKeys(file: string): Promise<string> {
  const keys = await readKeyFile(file);
  if (keys.length === 0) return "there are no keys";
  return keys
    .map(({ id, name, isAdmin, createdAt }) => `${id}  ${createdAt}  ${isAdmin ? "admin" : "user "}  ${name}`)
    .join("\n");
}

async function revokeKey(file: string, id: string): Promise<string> {
  await changeKeyFile(file, (keys) => {
    const left = keys.filter((key) => key.id !== id);
    if (left.length === keys.length) throw new KeyCommandError(`there is no key ${id}`);
    return left;
  });
  return `revoked ${id}: a server that runs lets it in no longer within two seconds, and ends its streams`;
}
