import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** The content of a file and what distinguishes it from an earlier or later one. */
export interface FileContent {
  readonly bytes: Buffer;
  /** A weak entity tag: two files of one size that were written in one millisecond share it, unless what is sent was made of what is in them. */
  readonly etag: string;
  readonly modified: Date;
}

/** Makes of what is in a file what is sent of it. */
export type ContentChange = (bytes: Buffer) => Buffer | Promise<Buffer>;

/**
 * A file that is read when it is asked for and has changed, and kept: however many are sent it, and however slowly they take it, it is in
 * memory once and none of them holds a descriptor.
 */
export class KeptFile {
  private readonly path: string;
  private readonly change: ContentChange | undefined;
  private content: FileContent | undefined;
  /** Which state of the file the content is of. */
  private version: string | undefined;
  private reading: Promise<FileContent | undefined> | undefined;

  constructor(path: string, change?: ContentChange) {
    this.path = path;
    this.change = change;
    this.content = undefined;
    this.version = undefined;
    this.reading = undefined;
  }

  /** The content as it is now; undefined when there is no such file any more. Rejects when it cannot be read. */
  read(): Promise<FileContent | undefined> {
    this.reading ??= this.readNow().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readNow(): Promise<FileContent | undefined> {
    try {
      await using file = await open(this.path);
      const { size, mtime } = await file.stat();
      const version = `${size}-${mtime.getTime()}`;
      if (this.content === undefined || this.version !== version) {
        this.content = await this.contentOf(await file.readFile(), version, mtime);
        this.version = version;
      }
      return this.content;
    } catch (error) {
      this.content = undefined;
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private async contentOf(bytes: Buffer, version: string, modified: Date): Promise<FileContent> {
    if (this.change === undefined) return { bytes, etag: `W/"${version}"`, modified };
    const changed = await this.change(bytes);
    // Of one file there are several contents, which must not pass for one another.
    const hash = createHash("sha256").update(changed).digest("base64url").slice(0, 22);
    return { bytes: changed, etag: `W/"${hash}"`, modified };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR");
}
