import { readdirSync } from "node:fs";
import type { AppView } from "./app-view.ts";

const folder = new URL("views/", import.meta.url);

/** Every page and every view of it: what the files of `views/` have, in the order of their names. */
export const everyView: readonly AppView[] = (await Promise.all(readdirSync(folder).sort().map(readViews))).flat();

async function readViews(file: string): Promise<readonly AppView[]> {
  const { views }: { readonly views: readonly AppView[] } = await import(new URL(file, folder).href);
  return views;
}
