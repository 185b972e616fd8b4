import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { FolderInUse, type FolderLock, lockFolder } from "../sqlite/folder-lock.ts";
import type { Connection } from "./connection.ts";
import { withClient } from "./open-database.ts";
import { queries } from "./queries.ts";
import { fetchFile, publishFile, removeUnfinished, type SharedFile, versionOf } from "./shared-files.ts";
import { TrainerLock } from "./trainer-lock.ts";

/** The files that all servers of a database have a copy of. */
export const SHARED_FILES = ["library.sqlite", "model.bin"] as const;

/** One of them. */
export type SharedFileName = (typeof SHARED_FILES)[number];

/** What keeping a folder in step takes. */
export interface SharedFolderOptions {
  readonly url: string;
  readonly reader: Connection;
  /** The folder in which that of the copies is: the first of `shared`, `shared-2` and so on that no other server uses. */
  readonly dataDir: string;
  readonly logger: Pick<Logger, "error">;
}

/** What is told of a folder that is kept in step. */
export interface SharedFolderEvents {
  /** A file has come. What it returns is waited for before anything else is told. */
  onFile(name: SharedFileName): Promise<void> | void;
  /** This server has become the one that trains, or is no longer. */
  onRole(): void;
}

interface ClaimedFolder {
  readonly folder: string;
  readonly lock: FolderLock;
}

/** How often a file could not be put into the database, and how many looks pass before the next attempt. */
interface Attempts {
  readonly failed: number;
  readonly looksLeft: number;
}

/** How many servers may have copies in one folder. */
const MOST_FOLDERS = 128;
/** How often the database is asked for other files, in milliseconds. */
const LOOK_MS = 1_000;
/** After how many looks a file that could not be put into the database is tried again, at most: twice as many each time. */
const MOST_LOOKS = 64;

/** The copies that a server has of the files in the database, and its part in making them: one server at a time trains the model. */
export class SharedFolder {
  readonly #options: SharedFolderOptions;
  /** The version of each copy, as the database had it. */
  readonly #known = new Map<SharedFileName, string | undefined>();
  /** What this server has made and could not put into the database yet, and what is known of the attempts. */
  readonly #unpublished = new Map<SharedFileName, Attempts>();
  #lock: TrainerLock | undefined;
  #claimed: ClaimedFolder | undefined;
  #isTrainer = false;
  #publishing: Promise<void> = Promise.resolve();

  constructor(options: SharedFolderOptions) {
    this.#options = options;
  }

  /** Where the copies are, once it is open. */
  get folder(): string {
    if (this.#claimed === undefined) throw new Error("the folder is not open");
    return this.#claimed.folder;
  }

  /** Whether this server is the one that trains. */
  get isTrainer(): boolean {
    return this.#isTrainer;
  }

  /**
   * Brings the copies to what the database has. Rejects when that fails.
   * @throws FolderInUse while other servers have all folders.
   */
  async open(): Promise<this> {
    this.#claimed = await claimFolder(this.#options.dataDir);
    const { folder } = this;
    try {
      for (const name of SHARED_FILES) this.#known.set(name, await versionOf(join(folder, name)));
      await this.#look(() => undefined);
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * Keeps the copies in step, and takes over the training when no other server has it, until the signal is aborted; then it resolves. Who takes over has what
   * the one before had put into the database.
   */
  async watch({ onFile, onRole }: SharedFolderEvents, signal: AbortSignal): Promise<void> {
    let failing = false;
    const onLost = () => {
      if (!this.#isTrainer) return;
      this.#isTrainer = false;
      onRole();
    };
    const lock = new TrainerLock({ url: this.#options.url, onLost });
    this.#lock = lock;
    while (!signal.aborted) {
      try {
        // What is being put into the database has the connection of the lock.
        await this.#publishing;
        await lock.hold();
        await this.#look(onFile);
        if (lock.isHeld && !this.#isTrainer) {
          this.#isTrainer = true;
          onRole();
        }
        await this.#publishAgain();
        failing = false;
      } catch (error) {
        if (!failing && !signal.aborted)
          this.#options.logger.error({ err: error }, "the files of the database cannot be looked at");
        failing = true;
      }
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
    await this.#publishing;
    await lock.close();
  }

  /** Puts the copy of a file into the database, for all; only the server that trains does. What fails is logged once, and tried again. */
  publish(name: SharedFileName): Promise<void> {
    if (!this.#unpublished.has(name)) this.#unpublished.set(name, { failed: 0, looksLeft: 0 });
    this.#publishing = this.#publishing.then(() => this.#publish(name));
    return this.#publishing;
  }

  /** Gives the folder free. */
  async close(): Promise<void> {
    const claimed = this.#claimed;
    this.#claimed = undefined;
    await claimed?.lock.release({ clean: true });
  }

  async #publish(name: SharedFileName): Promise<void> {
    if (!this.#isTrainer) return;
    try {
      // A server that has lost the lock does not take another's file away.
      const version = await this.#lock?.under((client) => publishFile(client, name, join(this.folder, name)));
      if (version === undefined) return;
      this.#known.set(name, version);
      this.#unpublished.delete(name);
    } catch (error) {
      const failed = (this.#unpublished.get(name)?.failed ?? 0) + 1;
      this.#unpublished.set(name, { failed, looksLeft: Math.min(MOST_LOOKS, 2 ** (failed - 1)) });
      if (failed === 1) this.#options.logger.error({ err: error }, `${name} could not be put into the database`);
    }
  }

  async #publishAgain(): Promise<void> {
    for (const [name, { failed, looksLeft }] of this.#unpublished) {
      if (looksLeft > 0) this.#unpublished.set(name, { failed, looksLeft: looksLeft - 1 });
      else await this.publish(name);
    }
  }

  async #look(onFile: SharedFolderEvents["onFile"]): Promise<void> {
    const { reader } = this.#options;
    // What this server is about to publish must not be taken for what is to be replaced.
    await this.#publishing;
    const files = await reader.select("files", queries.selectFrom("files").selectAll());
    for (const name of SHARED_FILES) {
      const file = files.find((one) => one.name === name);
      if (file?.version === this.#known.get(name)) continue;
      await this.#replace(name, file);
      this.#known.set(name, file?.version);
      this.#unpublished.delete(name);
      await onFile(name);
    }
  }

  async #replace(name: SharedFileName, file: SharedFile | undefined): Promise<void> {
    const { url } = this.#options;
    const path = join(this.folder, name);
    if (file === undefined) await rm(path, { force: true });
    else await withClient(url, { purpose: "files" }, (client) => fetchFile(client, file, path));
  }
}

/** Takes the first folder that no other server uses. */
async function claimFolder(dataDir: string): Promise<ClaimedFolder> {
  for (let place = 1; ; place++) {
    const folder = join(dataDir, place === 1 ? "shared" : `shared-${place}`);
    await mkdir(folder, { recursive: true });
    try {
      const lock = await lockFolder(folder);
      await lock.sign();
      await removeUnfinished(folder);
      return { folder, lock };
    } catch (error) {
      if (!(error instanceof FolderInUse) || place === MOST_FOLDERS) throw error;
    }
  }
}
