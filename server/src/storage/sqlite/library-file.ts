import { join } from "node:path";

/** The version of the tables of a library; a file of another version has to be imported again. */
export const LIBRARY_FORMAT = 1;

/**
 * The tables of `library.sqlite`: what was imported, and nothing else. It is built beside its place and renamed into it once it is whole, and
 * never written after that. `authors` and `categories` are arrays in JSON, and so is `tags`, of pairs of a tag and how many
 * readers gave it.
 */
export const LIBRARY_TABLES = `
  create table meta(key text primary key, value any not null) strict, without rowid;
  create table books(
    id integer primary key, title text not null, authors text not null, year integer not null,
    categories text not null, popularity real not null, tags text not null
  ) strict;
  create table ratings(
    user_id integer not null, book_id integer not null, stars integer not null, primary key (user_id, book_id)
  ) strict, without rowid;
  create table wishes(
    user_id integer not null, book_id integer not null, primary key (user_id, book_id)
  ) strict, without rowid;
  create table bad_rows(
    file text not null, line integer not null, reason text not null, primary key (file, line)
  ) strict, without rowid;
`;

/** Where the library of a data folder is, once there is one. */
export function libraryFile(dataDir: string): string {
  return join(dataDir, "library.sqlite");
}

/** What is known of a library as a whole. */
export interface LibraryInfo {
  /** Tells data apart: the same files of the same content have the same. */
  readonly fingerprint: string;
  readonly importedAt: Date;
  /** How many books were imported. */
  readonly books: number;
  /** How many readers rated something or want to read it. */
  readonly readers: number;
  readonly ratings: number;
  readonly wishes: number;
}
