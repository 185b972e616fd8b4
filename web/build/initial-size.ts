/** A chunk of the build: what it loads with it, and how large it is over the network. */
export interface ChunkSize {
  readonly fileName: string;
  /** Whether the document loads it. */
  readonly isEntry: boolean;
  /** The source file it stands for when it is loaded on demand, as an absolute path. */
  readonly page: string | undefined;
  /** The files of the chunks it cannot run without. */
  readonly imports: readonly string[];
  /** In bytes, compressed with gzip. */
  readonly gzipBytes: number;
}

/** How much JavaScript the entry and the code of a page are. */
export interface InitialSize {
  /** The page that needs most, as its source file. */
  readonly page: string;
  /** The JavaScript of the entry and that page's own, in bytes, compressed with gzip. */
  readonly gzipBytes: number;
  /** The files that make it up. */
  readonly files: readonly string[];
}

/**
 * The initial size of the heaviest page: the entry, the page, and everything that either imports statically. The pages
 * are the chunks whose source file ends with `-page.tsx`.
 * @throws Error when the build has no entry or no page, since a check of nothing must not pass.
 */
export function initialSize(chunks: readonly ChunkSize[]): InitialSize {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entries = chunks.filter((chunk) => chunk.isEntry);
  const pages = chunks.filter((chunk) => chunk.page?.endsWith("-page.tsx"));
  const sizes = pages.map((page): InitialSize => {
    const needed = withImports([...entries, page], byName);
    return {
      page: page.page ?? page.fileName,
      gzipBytes: needed.reduce((sum, chunk) => sum + chunk.gzipBytes, 0),
      files: needed.map((chunk) => chunk.fileName),
    };
  });
  const largest = sizes.sort((a, b) => b.gzipBytes - a.gzipBytes)[0];
  if (entries.length === 0 || largest === undefined) throw new Error("the build has no entry or no page to measure");
  return largest;
}

function withImports(roots: readonly ChunkSize[], byName: ReadonlyMap<string, ChunkSize>): ChunkSize[] {
  const needed = new Set<ChunkSize>();
  const open = [...roots];
  for (let chunk = open.pop(); chunk !== undefined; chunk = open.pop()) {
    if (needed.has(chunk)) continue;
    needed.add(chunk);
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported !== undefined) open.push(imported);
    }
  }
  return [...needed];
}
