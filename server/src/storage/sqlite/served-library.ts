import type { Logger } from "pino";
import type { Catalogue } from "../../services/recommendation/domain/catalogue.ts";
import type { CurrentLibrary } from "../rating-rows.ts";
import { type Library, openLibrary } from "./library.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { watchLibrary } from "./watch-library.ts";

/** The books of the built-in catalogue and of a library. */
export interface LibraryBooks {
  readonly catalogue: Catalogue;
  /** The fingerprint of the library; undefined while nothing is imported. */
  readonly library: string | undefined;
}

/** The library that a server serves: the one in its data folder, and after an import the next. */
export interface ServedLibrary extends CurrentLibrary {
  readonly books: LibraryBooks;
  /**
   * Replaces the library whole whenever another has come into place, and tells its books in the same moment, until the signal is aborted; then it
   * resolves. A library that cannot be read is logged, and what was served stays.
   */
  watch(onReplaced: (books: LibraryBooks) => void, signal: AbortSignal, everyMs?: number): Promise<void>;
  close(): void;
}

/** What serving a library takes. */
export interface ServedLibraryOptions {
  readonly dataDir: string;
  readonly logger: Pick<Logger, "info" | "error">;
}

/** Opens the library of a data folder. While there is none, or none that can be read, the built-in books are served alone. */
export async function openServedLibrary({ dataDir, logger }: ServedLibraryOptions): Promise<ServedLibrary> {
  let current: Library | undefined;
  let books: LibraryBooks = { catalogue: await loadCatalogue(undefined), library: undefined };
  await replace(() => undefined);

  async function replace(onReplaced: (books: LibraryBooks) => void): Promise<void> {
    let next: Library | undefined;
    try {
      next = openLibrary(dataDir);
      if (next?.info.fingerprint === current?.info.fingerprint) {
        next?.close();
        return;
      }
      const catalogue = await loadCatalogue(next);
      const before = current;
      current = next;
      books = { catalogue, library: next?.info.fingerprint };
      onReplaced(books);
      before?.close();
      logger.info({ ...next?.info, books: catalogue.books.length }, "serving the books of the library");
    } catch (error) {
      if (next !== current) next?.close();
      logger.error({ err: error }, "the library cannot be served");
    }
  }

  return {
    get current() {
      return current;
    },
    get books() {
      return books;
    },
    async watch(onReplaced, signal, everyMs) {
      // One after the other: a library that comes while another is loaded is loaded next.
      let replaced = Promise.resolve();
      const look = () => {
        replaced = replaced.then(() => replace(onReplaced));
      };
      const watched = watchLibrary(dataDir, look, signal, everyMs);
      // For the one that came between the opening and this.
      look();
      await watched;
      await replaced;
    },
    close: () => current?.close(),
  };
}
