import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { StoreFailed } from "../../domain/errors.ts";

/** Files that are open, and should stay where they are. */
export interface HeldFiles {
  /** @throws StoreFailed when one is gone, or another has taken its place: what is written to it now is lost when the process ends. */
  check(): Promise<void>;
}

/** Takes note of which files are at these paths now. */
export async function holdFiles(paths: readonly string[]): Promise<HeldFiles> {
  const held = await Promise.all(paths.map(async (path) => ({ path, identity: await identityOf(path) })));
  return {
    async check() {
      const found = await Promise.all(held.map(({ path }) => identityOf(path)));
      held.forEach(({ path, identity }, index) => {
        if (found[index] === identity) return;
        const what = found[index] === undefined ? "is gone" : "has been replaced";
        throw new StoreFailed(`the file ${basename(path)} of the data folder ${what}`, { cause: new Error(path) });
      });
    },
  };
}

const GONE = new Set(["ENOENT", "ENOTDIR", "ESTALE"]);

async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch (error) {
    if (GONE.has((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
