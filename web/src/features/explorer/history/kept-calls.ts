import type { SharedCall } from "../../../call-link/shared-call.ts";

/** A call that was made, or that a person has saved under a name. */
export interface KeptCall {
  readonly id: string;
  /** What was sent, with its first message, and without secrets. */
  readonly call: SharedCall;
  /** When it ended the last time, in milliseconds since 1970. */
  readonly at: number;
  /** The status that it ended with, such as `OK`; empty where that is not known. */
  readonly code: string;
  /** What it is called, where it is saved; the others go as new ones come. */
  readonly name?: string;
  /** The folder in which it is saved; none where absent. */
  readonly folder?: string;
}

/** How many calls are kept that nobody has saved. */
export const LATEST_KEPT = 100;
/** How many calls may be saved. */
export const SAVED_KEPT = 500;
/** The largest call that is kept, in characters of JSON. */
const LARGEST = 100_000;
const LONGEST_NAME = 100;

/** The calls with another one that has ended: the same call as one of the latest takes its place. One that is too large is not kept. */
export function withEnded(calls: readonly KeptCall[], ended: KeptCall): readonly KeptCall[] {
  const text = JSON.stringify(ended.call);
  if (text.length > LARGEST) return calls;
  const isSame = (one: KeptCall) => one.name === undefined && JSON.stringify(one.call) === text;
  return bounded([ended, ...calls.filter((one) => !isSame(one))]);
}

/** The calls with one saved; the same object where there is no room for it, or no such call. */
export function withSaved(
  calls: readonly KeptCall[],
  id: string,
  { name, folder }: { readonly name: string; readonly folder: string },
): readonly KeptCall[] {
  const named = { name: cut(name), ...(folder.trim() !== "" && { folder: cut(folder) }) };
  const known = calls.find((one) => one.id === id);
  if (known === undefined || named.name === "") return calls;
  if (known.name === undefined && calls.filter(isSaved).length >= SAVED_KEPT) return calls;
  const { folder: _, ...bare } = known;
  return calls.map((one) => (one === known ? { ...bare, ...named } : one));
}

/** The calls without one. */
export function without(calls: readonly KeptCall[], id: string): readonly KeptCall[] {
  return calls.filter((one) => one.id !== id);
}

/** Those that are saved. */
export function savedOf(calls: readonly KeptCall[]): readonly KeptCall[] {
  return calls.filter(isSaved);
}

/** The saved calls by folder, folders and names in their order; those without a folder come first, under the empty name. */
export function foldersOf(
  calls: readonly KeptCall[],
): readonly (readonly [folder: string, calls: readonly KeptCall[]])[] {
  const folders = Map.groupBy(calls.filter(isSaved), ({ folder = "" }) => folder);
  const byName = (a: KeptCall, b: KeptCall) => (a.name ?? "").localeCompare(b.name ?? "", "en", { numeric: true });
  return [...folders]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([folder, inIt]) => [folder, inIt.toSorted(byName)]);
}

/** Those that were made and not saved, the latest first. */
export function latestOf(calls: readonly KeptCall[]): readonly KeptCall[] {
  return calls.filter((one) => !isSaved(one)).toSorted((a, b) => b.at - a.at);
}

/** The calls with those of a file: what has the same id is that of the file. */
export function withImported(calls: readonly KeptCall[], imported: readonly KeptCall[]): readonly KeptCall[] {
  const ids = new Set(imported.map(({ id }) => id));
  return bounded([...imported, ...calls.filter(({ id }) => !ids.has(id))]);
}

/** Calls as they were written down; undefined where it is something else. Of many, as many as may be kept. */
export function readKeptCalls(json: unknown): readonly KeptCall[] | undefined {
  return Array.isArray(json) && json.every(isKeptCall) ? bounded(json) : undefined;
}

function bounded(calls: readonly KeptCall[]): readonly KeptCall[] {
  const saved = calls.filter(isSaved).slice(0, SAVED_KEPT);
  return [...saved, ...latestOf(calls).slice(0, LATEST_KEPT)];
}

function isSaved({ name }: KeptCall): boolean {
  return name !== undefined;
}

function cut(text: string): string {
  return text.trim().slice(0, LONGEST_NAME);
}

function isKeptCall(value: unknown): value is KeptCall {
  if (typeof value !== "object" || value === null) return false;
  const { id, call, at, code, name, folder } = value as Record<string, unknown>;
  const isText = (text: unknown) => typeof text === "string";
  const isNamed = (name === undefined || isText(name)) && (folder === undefined || isText(folder));
  return (
    isText(id) &&
    Number.isFinite(at) &&
    isText(code) &&
    isNamed &&
    isCall(call) &&
    JSON.stringify(call).length <= LARGEST
  );
}

function isCall(value: unknown): value is SharedCall {
  if (typeof value !== "object" || value === null) return false;
  const { method, request, metadata, deadline, server } = value as Record<string, unknown>;
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === "string");
  const isWhole = typeof method === "string" && request !== undefined && typeof deadline === "string";
  const isNamed = server === undefined || typeof server === "string";
  return isWhole && isNamed && Array.isArray(metadata) && metadata.every(isPair);
}
