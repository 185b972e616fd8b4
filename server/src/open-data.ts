import type { Config, DatabaseConfig } from "./config.ts";
import { Connection } from "./storage/postgres/connection.ts";
import { RatingsCopy } from "./storage/postgres/copy-ratings.ts";
import { type SharedFileName, SharedFolder } from "./storage/postgres/shared-folder.ts";
import { openPostgresStore } from "./storage/postgres/store.ts";
import { explainDatabaseError } from "./storage/postgres/unusable.ts";
import { reportOnce } from "./storage/report-once.ts";
import { openServedLibrary, type ServedLibrary } from "./storage/sqlite/served-library.ts";
import { openStore } from "./storage/sqlite/store.ts";
import type { Store, StoreOptions } from "./storage/store.ts";
import { readModelFile } from "./training/model-file.ts";
import type { ModelOptions, RunningModel } from "./training/start-model.ts";

/** What opening the data of a server takes. */
export type DataOptions = Omit<StoreOptions, "library" | "logger" | "heartbeatMs"> & Pick<ModelOptions, "logger">;

/** Everything that a server keeps, wherever that is. */
export interface OpenData {
  readonly store: Store;
  readonly library: ServedLibrary;
  /** What its model is started with. */
  readonly model: Pick<ModelOptions, "dataDir" | "sharing" | "copyRatings">;
  /** Keeps the model in step with other servers until the signal is aborted; then it resolves. */
  watch(model: RunningModel, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the data that the configuration names: a folder, or a database of Postgres with copies in the folder of what its servers share.
 * @throws FolderInUse while another server has the folder.
 * @throws DatabaseUnusable with what is wrong with the database, for an operator.
 * @throws LaterVersion when the data were used by a later version of the server.
 */
export function openData(config: Config, options: DataOptions): Promise<OpenData> {
  return config.database === undefined ? openFolder(config, options) : openDatabase(config, config.database, options);
}

async function openFolder({ dataDir, heartbeatMs }: Config, options: DataOptions): Promise<OpenData> {
  const library = await openServedLibrary({ dataDir, logger: options.logger });
  const store = await openStore({ ...options, directory: dataDir, library, heartbeatMs });
  return {
    store,
    library,
    model: { dataDir },
    watch: async () => undefined,
    async close() {
      await store.close();
      library.close();
    },
  };
}

async function openDatabase(
  { dataDir, heartbeatMs }: Config,
  { url, wakeUp }: DatabaseConfig,
  options: DataOptions,
): Promise<OpenData> {
  const { logger } = options;
  let library: ServedLibrary | undefined;
  // The tables of the database come first: the library is copied out of them.
  const served = {
    get current() {
      return library?.current;
    },
  };
  const store = await openPostgresStore({ ...options, url, wakeUp, library: served, heartbeatMs });
  try {
    const copies = await openCopies({ url, dataDir, logger });
    library = copies.library;
    return {
      store,
      ...copies,
      async close() {
        await store.close();
        await copies.close();
      },
    };
  } catch (error) {
    await store.close();
    throw explainDatabaseError(error);
  }
}

interface CopiesOptions extends Pick<DataOptions, "logger"> {
  readonly url: string;
  readonly dataDir: string;
}

/** Opens the copies that a server has in a folder of what is in the database. */
async function openCopies({ url, dataDir, logger }: CopiesOptions): Promise<Omit<OpenData, "store">> {
  const reader = await new Connection({ url, purpose: "files" }).open();
  const shared = new SharedFolder({ url, reader, dataDir, logger });
  let ratings: RatingsCopy | undefined;
  async function close(): Promise<void> {
    await ratings?.close();
    await shared.close();
    await reader.close();
  }
  try {
    const { folder } = await shared.open();
    const reportUnreadable = reportOnce((what, error) => logger.error({ err: error }, what));
    const copy = new RatingsCopy({ reader, folder, reportUnreadable });
    ratings = copy;
    const library = await openServedLibrary({ dataDir: folder, logger });
    return {
      library,
      model: {
        dataDir: folder,
        sharing: {
          get isTrainer() {
            return shared.isTrainer;
          },
          publish: () => void shared.publish("model.bin"),
        },
        copyRatings: () => copy.refresh(),
      },
      watch(model, signal) {
        // The library is noticed by those who watch its file.
        const onFile = async (name: SharedFileName) => {
          if (name === "model.bin") await serveShared(model, folder, logger);
        };
        return shared.watch({ onFile, onRole: () => model.roleChanged() }, signal);
      },
      async close() {
        await close();
        library.close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serveShared(model: RunningModel, folder: string, logger: DataOptions["logger"]): Promise<void> {
  try {
    const trained = await readModelFile(folder);
    if (trained !== undefined) model.serveTrained(trained);
  } catch (error) {
    logger.error({ err: error }, "the model that another server has trained cannot be read");
  }
}
